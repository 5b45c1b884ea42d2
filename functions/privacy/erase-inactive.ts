import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { eraseCustomer } from './erasure/erase-customer.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import { lastHeardOf } from './last-heard.ts';
import { owes } from './owes.ts';

const asked = { query: undefined, headers: {} };

/** whoever must be kept by now, or is being merged, stays on the list of those of whom nothing is heard */
const unlessRefused = (error: unknown) => {
  if (!(error instanceof ApiError) || error.kind !== 'conflict') throw error;
};

/** Erases a customer of whom nothing was heard for long, unless it was kept, was heard of, or came to owe something meanwhile. */
export const eraseInactive: Reaction<typeof subscriptions.eraseInactive> = async ({ customerId, data }, ctx) => {
  if (!customerId) return;
  const customer = await resolveMerged(ctx.store, customerId);
  if (customer?.id !== customerId) return;
  const [found, { at }] = await Promise.all([
    ctx.store.get(inactiveCustomers, { customerId: customer.id }),
    lastHeardOf(ctx.store, customer),
  ]);
  if (found?.then !== 'erase' || at > data.lastActiveAt || (await owes(ctx.store, customer.id))) return;
  const reason = `nothing was heard of the customer since ${data.lastActiveAt}`;
  await eraseCustomer({ ...asked, params: { id: customer.id }, body: { reason } }, ctx).catch(unlessRefused);
};

export const handler = consume('eraseInactive', subscriptions.eraseInactive, eraseInactive, { once: false });
