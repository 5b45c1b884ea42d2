import type { UseCase } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { invalid } from '../shared/refusal.ts';
import type { Paging, Store } from '../shared/store.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { survivor } from './living.ts';
import { normalisePhone } from './phone.ts';
import { searchCustomers } from './search/search-customers.ts';

const byClaim = async (store: Store, unique: string, value: string) => {
  const id = await store.holder(customers, unique, value);
  const found = id && (await survivor(store, id));
  return { items: found ? [found] : [], nextCursor: null };
};

/** as it is kept, or as it was given where it is none: a plus sign that was not percent-encoded arrives as a space */
const phoneOf = (given: string) => normalisePhone(given.replace(/^ /, '+')) ?? given.trim();

const byPhone = async (store: Store, phone: string, paging: Paging) => {
  const { items, nextCursor } = await store.lookup(customers, 'phone', phoneOf(phone), paging);
  const found = await store.getAll(
    customers,
    [...new Set(items)].map(id => ({ id })),
  );
  return { items: found, nextCursor };
};

export const findCustomers: UseCase<typeof routes.findCustomers> = async ({ query }, { store }) => {
  const { email, phone, externalId, q, kind, ...paging } = query;
  const asked = Object.entries({ email, phone, externalId, q }).filter(([, value]) => value !== undefined);
  if (asked.length > 1) {
    throw invalid(
      asked.map(([path]) => ({ path, message: 'ask for one of email, phone, externalId and q at a time' })),
    );
  }
  if (q !== undefined) return searchCustomers({ q, kind, ...paging }, store);
  if (kind && asked.length) throw invalid([{ path: 'kind', message: 'goes with q, or alone' }]);
  if (email !== undefined) return byClaim(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byClaim(store, 'externalId', externalId);
  if (phone !== undefined) return byPhone(store, phone, paging);
  return store.list(customers, 'all', 'all', { ...paging, ...(kind ? { keep: one => one.kind === kind } : {}) });
};
