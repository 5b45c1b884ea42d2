import { eventKeys } from '../shared/events/event-index.ts';
import type { Ctx } from '../shared/http/context.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { type FiledTrigger, filedTriggers, filedUnder } from './trigger.ts';

type Event = { type: string; source: string; id: string; data: unknown };

const filed = async (store: Store, key: string): Promise<FiledTrigger[]> => {
  const found: FiledTrigger[] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor } = await store.range(filedUnder(key), { limit: 500, ...(cursor ? { cursor } : {}) });
    found.push(...items.map(item => revive(filedTriggers, item)));
    cursor = nextCursor;
  } while (cursor);
  return found;
};

/** as many patterns as a function keeps compiled */
const mostCompiled = 5_000;
const compiled = new Map<string, ReturnType<typeof compile>>();

const matcherOf = (tenant: string, { id, version, when }: FiledTrigger) => {
  const key = `${tenant} ${id} ${version}`;
  const held = compiled.get(key) ?? compile(when);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, held);
  return held;
};

/** The active triggers whose pattern matches an event: one query per key of the event, whatever the number of triggers. */
export const matchingTriggers = async ({ store, tenant }: Ctx, { type, source, ...detail }: Event) => {
  const busEvent = { source, 'detail-type': type, detail };
  const candidates = (await Promise.all(eventKeys(busEvent).map(key => filed(store, key)))).flat();
  const distinct = new Map(candidates.map(trigger => [trigger.id, trigger]));
  return [...distinct.values()].filter(trigger => matcherOf(tenant, trigger)(busEvent));
};
