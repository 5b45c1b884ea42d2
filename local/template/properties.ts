import type { Service } from '../runtime/service.ts';

/** Resolved properties of a template resource: JSON that each provider reads as CloudFormation documents it. */
export type Properties = Parameters<Service['provide']>[2];
