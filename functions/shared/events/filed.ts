import * as z from 'zod';
import { type Change, put, remove } from '../store/changes.ts';
import { entity } from '../store/entity.ts';
import { everyRecord } from '../store/record-page.ts';
import type { Store } from '../store/store.ts';
import { eventKeys } from './event-index.ts';
import { interestChanges } from './interest.ts';

const FiledDefinition = z.object({ key: z.string(), kind: z.string(), id: z.string(), definition: z.unknown() });

const partitionOf = (key: string): [string, string] => ['filed', key];

/** What acts on events (triggers, segments, computed attributes …), filed under each key of the events that can concern it. */
export const filedDefinitions = entity('filed', FiledDefinition, {
  onErase: 'not-personal',
  key: ({ key, kind, id }: { key: string; kind: string; id: string }) => ({
    of: partitionOf(key),
    part: `${kind}#${id}`,
  }),
});

/** `keys`: see `indexKeys` */
export type Filing<D> = { id: string; keys: Iterable<string>; definition: D };

type BusEvent = { id: string; type: string; source: string; data: unknown };

type Filed = z.output<typeof FiledDefinition>;

const asked = new Map<string, Promise<Filed[]>>();

/** All that is filed under a key. The reactions to an event that run at once, each for a kind, share the request. */
const under = (store: Store, eventId: string, key: string): Promise<Filed[]> => {
  const name = JSON.stringify([store.tenant, eventId, key]);
  const found =
    asked.get(name) ??
    Array.fromAsync(everyRecord(store, filedDefinitions, partitionOf(key))).finally(() => asked.delete(name));
  asked.set(name, found);
  return found;
};

/** The definitions of one kind: filed when they begin to act, and found by events, with one query for each key of an event. */
export const filed = <D>(kind: string) => {
  /** What keeps the index, and what the relay publishes, in step with a definition; undefined: it does not act. Pure. */
  const changes = (was: Filing<D> | undefined, is: Filing<D> | undefined): Change[] => {
    const [before, after] = [new Set(was?.keys), new Set(is?.keys)];
    const item = ({ id, definition }: Filing<D>, key: string) => ({ key, kind, id, definition });
    return [
      ...(is ? [...after].map(key => put(filedDefinitions, item(is, key))) : []),
      ...(was ? [...before].filter(key => !after.has(key)).map(key => remove(filedDefinitions, item(was, key))) : []),
      ...interestChanges(before, after),
    ];
  };

  /** the definitions that an event can concern */
  const concerned = async (store: Store, { type, source, ...detail }: BusEvent): Promise<D[]> => {
    const keys = eventKeys({ source, 'detail-type': type, detail });
    const found = (await Promise.all(keys.map(key => under(store, detail.id, key))))
      .flat()
      .filter(one => one.kind === kind);
    return [...new Map(found.map(({ id, definition }) => [id, definition as D])).values()];
  };

  return { changes, concerned };
};
