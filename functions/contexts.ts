export * as customers from './customers/contract.ts';
export * as reference from './reference/contract.ts';
export * as sales from './sales/contract.ts';
export * as tracking from './tracking/contract.ts';
