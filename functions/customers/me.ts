import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Customer, type StoredCustomer } from './customer.ts';
import { resolveMerged } from './living.ts';

/** what a customer sees of its own record: neither what the company keeps for itself nor what was said of it */
export const Me = Customer.pick({
  id: true,
  version: true,
  kind: true,
  givenName: true,
  familyName: true,
  name: true,
  email: true,
  phone: true,
  dateOfBirth: true,
  address: true,
  locale: true,
  timeZone: true,
  preferredChannel: true,
  updatedAt: true,
});

/** the customer that calls: whom its record was merged into, or a refusal with 410 once it was erased */
export const caller = async ({ store, me }: Pick<Ctx, 'store' | 'me'>): Promise<StoredCustomer> => {
  const found = await resolveMerged(store, me);
  if (!found) throw new ApiError('gone', 'customer.erased', 'there is no such customer any more');
  return found;
};
