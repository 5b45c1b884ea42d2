import { mayReadEvent } from '../customers/event-areas.ts';
import { customerById } from '../customers/reads.ts';
import { hiddenFrom } from '../customers/redact.ts';
import { shownEvent } from '../customers/shown-event.ts';
import type { EventDetail } from '../customers/timeline.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { wildcard } from '../shared/patterns/strings.ts';
import type { Place } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { type Numbered, placeOfEvent } from './change.ts';
import { type Change, routes } from './contract.ts';
import { changesAfter } from './number-changes.ts';

/** partitions read at a time */
const atOnce = 20;

/** the stored events at some places, by id */
const readAt = async (store: Store, places: Place[]): Promise<Map<string, EventDetail>> => {
  const groups = [...Map.groupBy(places, ({ of }) => of.join('#')).values()];
  const pages = await mapConcurrent(groups, atOnce, group =>
    store.parts(
      group[0]!.of,
      group.map(({ part }) => part),
    ),
  );
  return new Map(pages.flat().map(({ doc }) => [(doc as EventDetail).id, doc as EventDetail]));
};

/** the events themselves; those of a customer who was merged into another are with that one */
const eventsOf = async (store: Store, changes: Numbered[]): Promise<Map<string, EventDetail>> => {
  const found = await readAt(
    store,
    changes.map(one => placeOfEvent(one, one.customerId)),
  );
  const missing = changes.filter(({ id, customerId }) => customerId && !found.has(id));
  const ids = [...new Set(missing.map(({ customerId }) => customerId!))];
  const now = new Map(await Promise.all(ids.map(async id => [id, (await customerById(store, id))?.id] as const)));
  const moved = missing.flatMap(one => {
    const id = now.get(one.customerId!);
    return id && id !== one.customerId ? [placeOfEvent(one, id)] : [];
  });
  return new Map([...found, ...(await readAt(store, moved))]);
};

/** whether a type is asked for; refuses names that cannot be one */
const matching = (types: string | undefined) => {
  const tests = types?.split(',').map(one => wildcard(one));
  const fault = tests?.find(test => typeof test === 'string');
  if (typeof fault === 'string') throw invalid([{ path: 'types', message: fault }]);
  return (type: string) => tests?.some(test => typeof test === 'function' && test(type)) ?? true;
};

export const changeHandlers = handlers(routes, {
  readChanges: async ({ query: { after, types, limit } }, ctx) => {
    const isWanted = matching(types);
    const all = await changesAfter(ctx.store, after, limit);
    const wanted = all.filter(({ type }) => isWanted(type) && mayReadEvent(ctx, { type }));
    const [events, hidden] = await Promise.all([eventsOf(ctx.store, wanted), hiddenFrom(ctx)]);
    const items = wanted.flatMap(({ sequence, id, type, at, about, customerId }): Change[] => {
      const doc = events.get(id);
      const place = { sequence, id, type, at, about, customerId };
      if (!doc) return [{ ...place, actor: null, data: null }];
      if (!mayReadEvent(ctx, { type, data: doc.data })) return [];
      const { actor, data } = shownEvent(ctx, { pk: '', sk: '', type, doc }, hidden);
      return [{ ...place, actor, data: data as Record<string, unknown> }];
    });
    return { items, next: all.at(-1)?.sequence ?? after };
  },
});
