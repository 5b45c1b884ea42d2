import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { staying } from '../merging/staying.ts';
import type { Handler } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { duplicates } from './duplicate.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';

const apart = (a: StoredCustomer, b: StoredCustomer) =>
  differences(profileOf(a), profileOf(b))
    .map(({ attribute, from, to }) => ({ attribute, values: [from, to] }))
    .sort((one, other) => (one.attribute < other.attribute ? -1 : 1));

export const readDuplicate: Handler<typeof duplicateRoutes.readDuplicate> = async ({ params: { id = '' } }, ctx) => {
  const { store } = ctx;
  const [duplicate, hidden] = await Promise.all([store.need(duplicates, { id }), hiddenFrom(ctx)]);
  const found = await Promise.all(duplicate.customers.map(one => store.get(customers, { id: one })));
  const [a, b] = found.map(one => (one && !one.erasedAt ? redact(one, hidden) : undefined));
  return {
    ...duplicate,
    records: [a ?? null, b ?? null],
    differences: a && b ? apart(a, b) : [],
    stays: a && b && isActive(a) && isActive(b) ? staying(a, b).id : null,
  };
};
