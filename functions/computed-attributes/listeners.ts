import * as z from 'zod';
import { Definition } from '../customers/attributes/definition.ts';
import { type ComputedDefinition, isComputed } from '../customers/attributes/definitions.ts';
import { eventKeys } from '../shared/events/event-index.ts';
import { everything } from '../shared/events/interest.ts';
import { interestChanges } from '../shared/events/interest-changes.ts';
import { type Change, put, remove } from '../shared/store/changes.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { keysOf } from './meant.ts';

/** A computed attribute as it is filed under a key of an event: who hears the event need not read what is declared. */
const FiledDefinition = z.object({ key: z.string(), definition: Definition });
type FiledDefinition = z.output<typeof FiledDefinition>;

const filedUnder = (key: string): [string, string] => ['computed-index', key];

const filedDefinitions = entity('computed-index', FiledDefinition, {
  onErase: 'not-personal',
  key: ({ key, definition }: Pick<FiledDefinition, 'key'> & { definition: { attribute: string } }) => ({
    of: filedUnder(key),
    part: definition.attribute,
  }),
});

const keys = (definition: Definition | undefined) =>
  new Set(definition && isComputed(definition) ? keysOf(definition.computed) : []);

/** keeps those who compute from events, and what the relay publishes for them, in step with a definition */
export const heardBy = (was: Definition | undefined, is: Definition | undefined): Change[] => {
  const [before, after] = [keys(was), keys(is)];
  return [
    ...[...after].map(key => put(filedDefinitions, { key, definition: is as Definition })),
    ...[...before]
      .filter(key => !after.has(key))
      .map(key => remove(filedDefinitions, { key, definition: was as Definition })),
    ...interestChanges(before, after),
  ];
};

/** there are twenty at most */
const mostFiled = 100;

type Event = { type: string; source: string; data: unknown };

/** the computed attributes that may be computed from an event: a query per key of the event; none hears everything */
export const computedFrom = async (store: Store, { type, source, data }: Event): Promise<ComputedDefinition[]> => {
  const keys = eventKeys({ source, 'detail-type': type, detail: { data } }).filter(key => key !== everything);
  const found = await Promise.all(keys.map(key => store.partition(filedUnder(key), { limit: mostFiled })));
  const filed = found.flatMap(({ items }) => items.map(item => revive(filedDefinitions, item).definition));
  return [...new Map(filed.map(one => [one.attribute, one])).values()].filter(isComputed);
};
