import { activeCustomer } from '../customers/active-customer.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { consents, type StoredConsent } from './consent.ts';
import type { consentRoutes } from './consent-routes.ts';
import { currentConsents } from './current.ts';
import { type Topic, topicsOf } from './topic.ts';

const within = { from: 'consent#', to: 'consent$' };

const said = (items: Awaited<ReturnType<Store['range']>>['items']): StoredConsent[] =>
  items.map(item => revive(consents, item));

/** what counts without having been said, of the topics of which nothing was said */
const unpublished = async ({ id }: StoredCustomer, topics: Topic[], store: Store) => {
  const implied = currentConsents(id, [], topics, store.now);
  const parts = implied.map(({ channel, topic }) => consents.key({ customerId: id, channel, topic }).part);
  const there = said(await store.parts(['customer', id], parts));
  return currentConsents(id, there, topics, store.now).filter(one => one.implied);
};

/** What was said comes first, page by page; what counts without being said closes the last page. */
export const listConsents: Handler<typeof consentRoutes.listConsents> = async (
  { params: { id = '' }, query },
  { now, store },
) => {
  const customer = await activeCustomer(store, id);
  const [{ items, nextCursor }, topics] = await Promise.all([
    store.range(['customer', id], { ...query, within }),
    topicsOf(store),
  ]);
  const counting = currentConsents(customer.id, said(items), topics, now).filter(one => !one.implied);
  return { items: [...counting, ...(nextCursor ? [] : await unpublished(customer, topics, store))], nextCursor };
};
