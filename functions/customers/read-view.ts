import type { UseCase } from '../shared/contract.ts';
import { type Item, main, revive } from '../shared/entity.ts';
import type { Store } from '../shared/store.ts';
import { Changed } from '../shared/transaction.ts';
import type { routes } from './contract.ts';
import { consents, customers, identities } from './customer.ts';
import { living } from './living.ts';
import { purposeRead } from './privacy/for-purpose.ts';
import { standing } from './privacy/standing.ts';
import { viewFor } from './privacy/view-for.ts';
import { timelineEntry } from './read-timeline.ts';
import { connectionsOf, ofKind } from './relations/connections.ts';
import { hiddenFrom, shown, shownEvent } from './shown.ts';

/** events shown, and room for the other parts of a partition */
const most = { timeline: 25, parts: 40, records: 300, pages: 10 };

const docs = (items: Item[], kind: string) => items.filter(item => item.kind === kind).map(({ doc }) => doc as never);

const isEvent = ({ kind }: Item) => kind === 'event';

/** The main record, the parts and the latest events: one call, and further ones only where there are more parts than it has room for. */
const partitionOf = async (store: Store, id: string): Promise<Item[]> => {
  const found: Item[] = [];
  let after: string | undefined;
  for (let page = 0; page < most.pages; page++) {
    const limit = most.timeline + most.parts;
    const { items, last } = await store.partition(['customer', id], { limit, ...(after ? { after } : {}) });
    found.push(...items);
    if (!last || found.filter(isEvent).length >= most.timeline) break;
    after = last;
  }
  return found;
};

/** why there is no view: no such customer, merged away, or erased */
const refused = async (store: Store, id: string): Promise<never> => {
  await living(store, id);
  throw new Changed('there is one by now');
};

/**
 * Two store calls, whatever the length of the history: the customer's partition and the records that belong to it; a third for
 * who may not see everything.
 */
export const readView: UseCase<typeof routes.readView> = async ({ params: { id = '' }, query }, ctx) => {
  const { store, now } = ctx;
  const [items, records, hidden, purpose] = await Promise.all([
    partitionOf(store, id),
    store.owned(id, { limit: most.records }),
    hiddenFrom(ctx),
    purposeRead(query.purpose, ctx),
  ]);
  const customer = items.find(({ sk }) => sk === main);
  const known = customer && revive(customers, customer);
  if (!known || known.mergedInto || known.erasedAt) return refused(store, id);
  return viewFor(purpose, {
    customer: shown(known, hidden),
    consents: ofKind(items, consents).map(consent => standing(consent, store.now)),
    identities: ofKind(items, identities),
    timeline: items
      .filter(isEvent)
      .slice(0, most.timeline)
      .map(item => shownEvent(timelineEntry(item), hidden)),
    cases: docs(records, 'case'),
    opportunities: docs(records, 'opportunity'),
    orders: docs(records, 'order'),
    ...connectionsOf({ records, parts: items, now }),
    more: records.length === most.records,
    loyalty: null,
    segments: [],
    scores: [],
    nextActions: [],
  });
};
