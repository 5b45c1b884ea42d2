import { revive } from '../shared/entity.ts';
import type { Paging, Store } from '../shared/store.ts';
import { type Customer, consents, customers, identities, type identityTypes, type StoredConsent } from './customer.ts';
import { living, survivor } from './living.ts';
import { currentConsents } from './privacy/current.ts';
import { retentionOf } from './privacy/retention-settings.ts';
import { topicsOf } from './privacy/topic.ts';
import { type Detail, timelineEntry } from './read-timeline.ts';

export type IdentityType = (typeof identityTypes)[number];

/** the customer, or whom it was merged into; undefined where there is none or it was erased */
export const customerById = (store: Store, id: string): Promise<Customer | undefined> => survivor(store, id);

/** the customer, or whom it was merged into; a refusal where there is none (404) or it was erased (410) */
export const needCustomer = async (store: Store, id: string): Promise<Customer> =>
  (await survivor(store, id)) ?? living(store, id);

/** id of the customer with that e-mail address */
export const customerIdByEmail = (store: Store, email: string) => store.holder(customers, 'email', email);

/** every consent of a customer as it was said: more than a page only of who was asked about hundreds of topics */
const saidBy = async (store: Store, id: string) => {
  const said: StoredConsent[] = [];
  let after: string | undefined;
  do {
    const part = { limit: 200, within: { from: 'consent#', to: 'consent$' }, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['customer', id], part);
    said.push(...items.map(item => revive(consents, item)));
    after = last;
  } while (after);
  return said;
};

/** a customer and the consents that count for it now, in one call */
export const customerWithConsents = async (store: Store, id: string) => {
  // the main record and the consents lie on either side of the events: two short ranges
  const [customer, own, topics] = await Promise.all([survivor(store, id), saidBy(store, id), topicsOf(store)]);
  if (!customer) return undefined;
  const said = customer.id === id ? own : await saidBy(store, customer.id);
  return { customer, consents: currentConsents(customer.id, said, topics, store.now) };
};

/** how far back a condition over events looks: the customer's latest events, in pages */
const remembered = { pages: 10, page: 500 };

/** a customer's latest events of the given types, newest first, of the last 5,000 of all types */
export const eventsOf = async (store: Store, id: string, types: string[]) => {
  const found: { type: string; occurredAt: string; data: unknown }[] = [];
  const names = Object.fromEntries(types.map((type, nth) => [`:type${nth}`, type]));
  const filter = {
    FilterExpression: `#type IN (${Object.keys(names).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: names,
  };
  let after: string | undefined;
  for (let page = 0; page < remembered.pages; page++) {
    const { items, last } = await store.partition(['customer', id], {
      limit: remembered.page,
      within: { from: '@', to: '@:' },
      filter,
      ...(after ? { after } : {}),
    });
    found.push(...items.map(timelineEntry));
    if (!last) break;
    after = last;
  }
  return found;
};

/** ids of the customers that trackers' identities belong to, in one call, in the order asked */
export const customersOf = async (store: Store, asked: { type: IdentityType; value: string }[]) => {
  const linked = asked.map(({ type, value }) => ({ entity: identities, unique: 'value', value: `${type}:${value}` }));
  const own = asked.map(({ type, value }, nth) =>
    type === 'externalId' ? { entity: customers, unique: 'externalId', value } : linked[nth]!,
  );
  const found = await store.holders([...own, ...linked]);
  return asked.map((_, nth) => found[nth] ?? found[asked.length + nth]);
};

/** a page of all customers, latest first */
export const customerPage = (store: Store, paging: Paging) => store.list(customers, 'all', 'all', paging);

/** what a customer's timeline holds between two instants, newest first, as it was on the bus; `more` when there is more than `limit` */
export const historyOf = async (
  store: Store,
  id: string,
  { from, to, limit }: { from: string; to: string; limit: number },
) => {
  const { items, more } = await store.partition(['customer', id], {
    limit,
    within: { from: `@${from}`, to: `@${to}$` },
  });
  const events = items.map(({ type, say, said, doc }) => ({
    type: type as string,
    source: (say ?? said) as string,
    ...(doc as Detail),
  }));
  return { events, more };
};

/** how long behaviour is kept, where it is not kept for good */
export const behaviourKept = async (store: Store): Promise<string | undefined> => (await retentionOf(store)).tracked;
