export * as customers from './customers/contract.ts';
export * as marketing from './marketing/contract.ts';
export * as messaging from './messaging/contract.ts';
export * as reference from './reference/contract.ts';
export * as sales from './sales/contract.ts';
export * as service from './service/contract.ts';
export * as tracking from './tracking/contract.ts';
