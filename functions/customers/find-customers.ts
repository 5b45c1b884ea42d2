import type { Asked, UseCase } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import type { Paging, Store } from '../shared/store.ts';
import { byAttribute } from './attributes/by-attribute.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { survivor } from './living.ts';
import { normalisePhone } from './phone.ts';
import { searchCustomers } from './search/search-customers.ts';
import { type Hidden, hiddenFrom, isHidden, shown } from './shown.ts';

const byClaim = async (store: Store, unique: string, value: string) => {
  const id = await store.holder(customers, unique, value);
  const found = id && (await survivor(store, id));
  return { items: found ? [found] : [], nextCursor: null };
};

/** the attributes that each way to look for customers tells something of */
const tells = {
  email: ['email'],
  phone: ['phone'],
  externalId: ['externalId'],
  q: ['name', 'givenName', 'familyName'],
};

type Query = Asked<typeof routes.findCustomers>['query'];

/** what is looked for; refuses more than one thing at a time, and what the caller may not know */
const checked = ({ limit, cursor, value, kind, ...ways }: Query, hidden: Hidden) => {
  const asked = Object.entries(ways).filter(([, given]) => given !== undefined);
  if (asked.length > 1) {
    const message = `ask for one of ${Object.keys(tells).join(', ')} and attribute at a time`;
    throw invalid(asked.map(([path]) => ({ path, message })));
  }
  if ((value === undefined) !== (ways.attribute === undefined)) {
    throw invalid([{ path: value === undefined ? 'value' : 'attribute', message: 'attribute and value go together' }]);
  }
  const [way = ''] = asked[0] ?? [];
  if (kind && way && way !== 'q') throw invalid([{ path: 'kind', message: 'goes with q, or alone' }]);
  const told = way === 'attribute' ? [ways.attribute ?? ''] : (tells[way as keyof typeof tells] ?? []);
  if (!told.some(attribute => isHidden(hidden, attribute))) return;
  throw new Refusal('forbidden', 'attribute.confidential', 'this needs the scope customers.confidential');
};

const byPhone = (store: Store, phone: string, paging: Paging) =>
  // a plus sign that was not percent-encoded arrives as a space
  store.lookup(customers, 'phone', normalisePhone(phone.replace(/^ /, '+')) ?? phone.trim(), paging);

const looked = async (store: Store, { phone = '', attribute, value = '', limit, cursor }: Query) => {
  const paging = { limit, cursor };
  const { items, nextCursor } =
    attribute === undefined ? await byPhone(store, phone, paging) : await byAttribute(store, attribute, value, paging);
  const ids = [...new Set(items)].map(id => ({ id }));
  return { items: await store.getAll(customers, ids), nextCursor };
};

const found = async (store: Store, query: Query, hidden: Hidden) => {
  const { email, phone, externalId, q, kind, attribute, limit, cursor } = query;
  if (q !== undefined) return searchCustomers({ q, kind, limit, cursor }, store, hidden);
  if (email !== undefined) return byClaim(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byClaim(store, 'externalId', externalId);
  if (phone !== undefined || attribute !== undefined) return looked(store, query);
  const keep = kind ? { keep: (one: { kind: string }) => one.kind === kind } : {};
  return store.list(customers, 'all', 'all', { limit, cursor, ...keep });
};

export const findCustomers: UseCase<typeof routes.findCustomers> = async ({ query }, ctx) => {
  const hidden = await hiddenFrom(ctx);
  checked(query, hidden);
  const { items, nextCursor } = await found(ctx.store, query, hidden);
  return { items: items.map(customer => shown(customer, hidden)), nextCursor };
};
