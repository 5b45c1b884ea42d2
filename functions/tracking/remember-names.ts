import { cacheFor } from '../shared/cache.ts';
import { longestSeen, mostSeen, seenNames, seenNamesOf } from '../shared/events/seen-names.ts';
import type { Ctx } from '../shared/http/context.ts';
import { put } from '../shared/store/changes.ts';
import type { Message } from './message.ts';

/** of one request: each costs a write once */
const mostAtOnce = 25;

const cache = cacheFor<Set<string> | null>(600_000, 1_000);

/** Remembers the names of tracked events, so that rules on names that nobody tracked can be told apart. */
export const rememberNames = async (messages: Pick<Message, 'kind' | 'data'>[], { store, now, tenant }: Ctx) => {
  const names = messages.flatMap(({ kind, data: { event } }) =>
    kind === 'track' && typeof event === 'string' && event && event.length <= longestSeen ? [event] : [],
  );
  if (!names.length) return;
  const known = await cache.of(tenant, { now }, async () => (await seenNamesOf(store)) ?? null);
  const fresh = known ? [...new Set(names)].filter(name => !known.has(name)).slice(0, mostAtOnce) : [];
  if (!known || !fresh.length || known.size + fresh.length > mostSeen) return;
  await store.commit(fresh.map(name => put(seenNames, { name, version: 1 })));
  for (const name of fresh) known.add(name);
};
