import { eventKeys } from '../shared/events/event-index.ts';
import type { Ctx } from '../shared/http/context.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { type IndexedTrigger, indexedTriggers, indexPartition } from './trigger.ts';

type Event = { type: string; source: string; id: string; data: unknown };

const indexed = async (store: Store, key: string): Promise<IndexedTrigger[]> => {
  const found: IndexedTrigger[] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor } = await store.range(indexPartition(key), { limit: 500, cursor: cursor ?? undefined });
    found.push(...items.map(item => revive(indexedTriggers, item)));
    cursor = nextCursor;
  } while (cursor);
  return found;
};

const mostCompiled = 5_000;
const compiled = new Map<string, ReturnType<typeof compile>>();

const matcherOf = (tenant: string, { id, version, when }: IndexedTrigger) => {
  const key = `${tenant} ${id} ${version}`;
  const matcher = compiled.get(key) ?? compile(when);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, matcher);
  return matcher;
};

/** The active triggers that match an event: one query per key of the event, whatever the number of triggers. */
export const matchingTriggers = async ({ store, tenant }: Ctx, { type, source, ...detail }: Event) => {
  const busEvent = { source, 'detail-type': type, detail };
  const candidates = (await Promise.all(eventKeys(busEvent).map(key => indexed(store, key)))).flat();
  const distinct = new Map(candidates.map(trigger => [trigger.id, trigger]));
  return [...distinct.values()].filter(trigger => matcherOf(tenant, trigger)(busEvent));
};
