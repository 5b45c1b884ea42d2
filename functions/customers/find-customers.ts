import type { UseCase } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { invalid } from '../shared/refusal.ts';
import type { Store } from '../shared/store.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { survivor } from './living.ts';
import { searchable } from './normalise.ts';
import { normalisePhone } from './phone.ts';

const byClaim = async (store: Store, unique: string, value: string) => {
  const id = await store.holder(customers, unique, value);
  const found = id && (await survivor(store, id));
  return { items: found ? [found] : [], nextCursor: null };
};

export const findCustomers: UseCase<typeof routes.findCustomers> = async ({ query }, { store }) => {
  const { email, phone, externalId, q, limit, cursor } = query;
  const asked = Object.entries({ email, phone, externalId, q }).filter(([, value]) => value !== undefined);
  if (asked.length > 1) {
    throw invalid(
      asked.map(([path]) => ({ path, message: 'ask for one of email, phone, externalId and q at a time' })),
    );
  }
  if (email !== undefined) return byClaim(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byClaim(store, 'externalId', externalId);
  if (phone === undefined && q === undefined) return store.list(customers, 'all', 'all', { limit, cursor });
  // nothing but punctuation
  if (q !== undefined && !searchable(q)) return { items: [], nextCursor: null };
  const paging = { limit, cursor };
  const { items, nextCursor } =
    phone !== undefined
      ? // a plus sign that was not percent-encoded arrives as a space
        await store.lookup(customers, 'phone', normalisePhone(phone.replace(/^ /, '+')) ?? phone.trim(), paging)
      : await store.lookup(customers, 'name', searchable(q ?? ''), { ...paging, prefix: true });
  const found = await store.getAll(
    customers,
    [...new Set(items)].map(id => ({ id })),
  );
  return { items: found, nextCursor };
};
