import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { eraseCustomer } from './erasure/erase-customer.ts';
import { inactiveCustomers, lastActivityOf } from './inactive-customer.ts';
import { hasUnfinished } from './unfinished.ts';

/** a customer under a legal hold, or in a merge, stays on the list of inactive customers */
const unlessRefused = (error: unknown) => {
  if (!(error instanceof ApiError) || error.kind !== 'conflict') throw error;
};

/** Erases an inactive customer, unless it was retained, became active or something with it is unfinished. */
export const eraseInactive: Reaction<typeof subscriptions.eraseInactive> = async ({ customerId, data }, ctx) => {
  if (!customerId) return;
  const customer = await resolveMerged(ctx.store, customerId);
  if (customer?.id !== customerId) return;
  const [found, { at }] = await Promise.all([
    ctx.store.get(inactiveCustomers, { customerId: customer.id }),
    lastActivityOf(ctx.store, customer),
  ]);
  if (found?.then !== 'erase' || at > data.lastActiveAt || (await hasUnfinished(ctx.store, customer.id))) return;
  const reason = `The customer has been inactive since ${data.lastActiveAt}.`;
  await eraseCustomer(customer.id, reason, ctx).catch(unlessRefused);
};

export const reaction = consume('eraseInactive', subscriptions.eraseInactive, eraseInactive, { once: false });
