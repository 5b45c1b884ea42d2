import { resolveMerged } from '../customers/active-customer.ts';
import { revive } from '../shared/store/entity.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { consentParts, consents } from './consent.ts';
import { currentConsents } from './current-consents.ts';
import { topicsOf } from './topic.ts';

const pageSize = 200;

/** the consents of a customer as items, and what lies after them up to a sort key; mostly one page */
const consentItems = (store: Store, id: string, to: string) => {
  const part = { limit: pageSize, within: { ...consentParts, to } };
  return allPages(cursor => store.range(['customer', id], { ...part, cursor }));
};

/** A customer and the consents that count for it now. `others`: its items after the consents, up to the sort key `to`. */
export const customerAndConsents = async (store: Store, id: string, to = consentParts.to) => {
  // the main record and the consents lie on either side of the events: two short ranges
  const [customer, own, topics] = await Promise.all([
    resolveMerged(store, id),
    consentItems(store, id, to),
    topicsOf(store),
  ]);
  if (!customer) return undefined;
  const items = customer.id === id ? own : await consentItems(store, customer.id, to);
  const stored = items.filter(({ kind }) => kind === consents.kind).map(item => revive(consents, item));
  return {
    customer,
    consents: currentConsents(customer.id, stored, topics, store.now),
    others: items.filter(({ kind }) => kind !== consents.kind),
  };
};
