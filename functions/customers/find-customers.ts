import type { Asked, UseCase } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { invalid } from '../shared/refusal.ts';
import type { Paging, Store } from '../shared/store.ts';
import { byAttribute } from './attributes/by-attribute.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { survivor } from './living.ts';
import { searchable } from './normalise.ts';
import { normalisePhone } from './phone.ts';
import { confidential, type Hidden, hiddenFrom, isHidden, shown } from './shown.ts';

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
  q: ['name'],
};

type Query = Asked<typeof routes.findCustomers>['query'];

/** what is looked for; refuses more than one thing at a time, and what the caller may not know */
const checked = ({ limit, cursor, value, ...ways }: Query, hidden: Hidden) => {
  const asked = Object.entries(ways).filter(([, given]) => given !== undefined);
  if (asked.length > 1) {
    const message = `ask for one of ${Object.keys(tells).join(', ')} and attribute at a time`;
    throw invalid(asked.map(([path]) => ({ path, message })));
  }
  if ((value === undefined) !== (ways.attribute === undefined)) {
    throw invalid([{ path: value === undefined ? 'value' : 'attribute', message: 'attribute and value go together' }]);
  }
  const [way = ''] = asked[0] ?? [];
  const told = way === 'attribute' ? [ways.attribute ?? ''] : (tells[way as keyof typeof tells] ?? []);
  if (told.some(attribute => isHidden(hidden, attribute))) throw confidential();
};

const byPhone = (store: Store, phone: string, paging: Paging) =>
  // a plus sign that was not percent-encoded arrives as a space
  store.lookup(customers, 'phone', normalisePhone(phone.replace(/^ /, '+')) ?? phone.trim(), paging);

const looked = async (store: Store, { phone, q = '', attribute, value = '', limit, cursor }: Query) => {
  const paging = { limit, cursor };
  const { items, nextCursor } =
    attribute !== undefined
      ? await byAttribute(store, attribute, value, paging)
      : phone !== undefined
        ? await byPhone(store, phone, paging)
        : await store.lookup(customers, 'name', searchable(q), { ...paging, prefix: true });
  const ids = [...new Set(items)].map(id => ({ id }));
  return { items: await store.getAll(customers, ids), nextCursor };
};

const found = async (store: Store, query: Query) => {
  const { email, phone, externalId, q, attribute, limit, cursor } = query;
  if (email !== undefined) return byClaim(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byClaim(store, 'externalId', externalId);
  const all = phone === undefined && q === undefined && attribute === undefined;
  if (all) return store.list(customers, 'all', 'all', { limit, cursor });
  // nothing but punctuation
  if (q !== undefined && !searchable(q)) return { items: [], nextCursor: null };
  return looked(store, query);
};

export const findCustomers: UseCase<typeof routes.findCustomers> = async ({ query }, ctx) => {
  const hidden = await hiddenFrom(ctx);
  checked(query, hidden);
  const { items, nextCursor } = await found(ctx.store, query);
  return { items: items.map(customer => shown(customer, hidden)), nextCursor };
};
