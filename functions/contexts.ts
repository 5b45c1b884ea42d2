export * as customers from './customers/contract.ts';
