import * as z from 'zod';
import { Definition } from '../customers/attributes/definition.ts';
import { type ComputedDefinition, isComputed } from '../customers/attributes/definitions.ts';
import { eventKeys } from '../shared/events/event-index.ts';
import { everything, interestChanges } from '../shared/events/interest.ts';
import { type Change, put, remove } from '../shared/store/changes.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { keysOf } from './event-values.ts';

/** A computed attribute, filed under a key of its events: for each event only these are read. */
const FiledDefinition = z.object({ key: z.string(), definition: Definition });

const partitionOf = (key: string): [string, string] => ['computed-index', key];

export const filedDefinitions = entity('computed-index', FiledDefinition, {
  onErase: 'not-personal',
  key: ({ key, definition }: { key: string; definition: { attribute: string } }) => ({
    of: partitionOf(key),
    part: definition.attribute,
  }),
});

const keysIn = (definition: Definition | undefined) =>
  new Set(definition && isComputed(definition) ? keysOf(definition.computed) : []);

export const filingChanges = (was: Definition | undefined, is: Definition | undefined): Change[] => {
  const [before, after] = [keysIn(was), keysIn(is)];
  return [
    ...[...after].map(key => put(filedDefinitions, { key, definition: is! })),
    ...[...before].filter(key => !after.has(key)).map(key => remove(filedDefinitions, { key, definition: was! })),
    ...interestChanges(before, after),
  ];
};

const mostFiled = 100;

type Event = { type: string; source: string; data: unknown };

/** the attributes that may be computed from an event: one query for each of its keys */
export const definitionsFor = async (store: Store, { type, source, data }: Event): Promise<ComputedDefinition[]> => {
  const keys = eventKeys({ source, 'detail-type': type, detail: { data } }).filter(key => key !== everything);
  const found = await Promise.all(keys.map(key => store.partition(partitionOf(key), { limit: mostFiled })));
  const filed = found.flatMap(({ items }) => items.map(item => revive(filedDefinitions, item).definition));
  return [...new Map(filed.map(one => [one.attribute, one])).values()].filter(isComputed);
};
