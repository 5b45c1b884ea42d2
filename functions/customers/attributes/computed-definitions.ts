import type { CustomerSettings } from '../settings.ts';
import type { Computed } from './computed.ts';
import type { Definition } from './definition.ts';

/** a definition whose values are computed; `job` is the one that goes through the customers there were when it was made */
export type ComputedDefinition = Definition & { computed: Computed; job: string };

export const isComputed = (definition: Definition): definition is ComputedDefinition =>
  definition.computed !== undefined;

export const computedOf = ({ definitions }: Pick<CustomerSettings, 'definitions'>): ComputedDefinition[] =>
  definitions.filter(isComputed);

/** the source that computed values come from */
export const computedSource = 'computed';

/** how far the values of a computed attribute are; stopped: not all customers were gone through, and nobody does */
export const states = ['computing', 'ready', 'stopped'] as const;
export type State = (typeof states)[number];
