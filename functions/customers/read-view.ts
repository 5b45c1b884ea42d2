import type { UseCase } from '../shared/contract.ts';
import type { Entity, Item } from '../shared/entity.ts';
import { main, revive } from '../shared/entity.ts';
import type { Store } from '../shared/store.ts';
import { Changed } from '../shared/transaction.ts';
import type { routes } from './contract.ts';
import { consents, customers, identities } from './customer.ts';
import { living } from './living.ts';
import { standing } from './privacy/standing.ts';
import { timelineEntry } from './read-timeline.ts';

/** events shown, and room for the other parts of a partition */
const shown = { timeline: 25, parts: 40, records: 100 };

const ofKind = <T, K>(items: Item[], entity: Entity<T, K>): T[] =>
  items.filter(({ kind }) => kind === entity.kind).map(item => revive(entity, item));

const docs = (items: Item[], kind: string) => items.filter(item => item.kind === kind).map(({ doc }) => doc as never);

/** why there is no view: no such customer, merged away, or erased */
const refused = async (store: Store, id: string): Promise<never> => {
  await living(store, id);
  throw new Changed('there is one by now');
};

/** Two store calls, whatever the length of the history: the customer's partition and the records that belong to it. */
export const readView: UseCase<typeof routes.readView> = async ({ params: { id = '' } }, { store }) => {
  const [{ items }, records] = await Promise.all([
    store.partition(['customer', id], { limit: shown.timeline + shown.parts }),
    store.owned(id, { limit: shown.records }),
  ]);
  const customer = items.find(({ sk }) => sk === main);
  const known = customer && revive(customers, customer);
  if (!known || known.mergedInto || known.erasedAt) return refused(store, id);
  return {
    customer: known,
    consents: ofKind(items, consents).map(consent => standing(consent, store.now)),
    identities: ofKind(items, identities),
    timeline: items
      .filter(({ kind }) => kind === 'event')
      .slice(0, shown.timeline)
      .map(timelineEntry),
    cases: docs(records, 'case'),
    opportunities: docs(records, 'opportunity'),
    orders: docs(records, 'order'),
    loyalty: null,
    segments: [],
    scores: [],
    nextActions: [],
  };
};
