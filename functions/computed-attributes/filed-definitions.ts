import type { Definition } from '../customers/attributes/definition.ts';
import { type ComputedDefinition, isComputed } from '../customers/attributes/definitions.ts';
import { keysOfEvent } from '../shared/conditions/event-keys.ts';
import { type Filing, filed } from '../shared/events/filed.ts';
import type { Change } from '../shared/store/changes.ts';

const computed = filed<ComputedDefinition>('computed');

const filingOf = (definition: Definition | undefined): Filing<ComputedDefinition> | undefined =>
  definition && isComputed(definition)
    ? { id: definition.attribute, keys: keysOfEvent(definition.computed), definition }
    : undefined;

export const filingChanges = (was: Definition | undefined, is: Definition | undefined): Change[] =>
  computed.changes(filingOf(was), filingOf(is));

/** the attributes that may be computed from an event */
export const definitionsFor = computed.concerned;
