import { problem } from '../shared/http/api-error.ts';

export const tooManyAttributes = problem('conflict', 'attribute.too-many');
export const computedRequired = problem('invalid', 'attribute.computed-required');
export const eventUnknown = problem('invalid', 'attribute.event-unknown');
export const eventUnfit = problem('invalid', 'attribute.event-unfit');
export const operationUnfit = problem('invalid', 'attribute.operation-unfit');
export const pathNeeded = problem('invalid', 'attribute.path-needed');
export const pathUnknown = problem('invalid', 'attribute.path-unknown');
export const pathUnfit = problem('invalid', 'attribute.path-unfit');
export const withinUnfit = problem('invalid', 'attribute.within-unfit');
export const whereUnfit = problem('invalid', 'attribute.where-unfit');
