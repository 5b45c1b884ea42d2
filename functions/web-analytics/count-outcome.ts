import type * as z from 'zod';
import type { CustomerId } from '../../events/ids.ts';
import { orders } from '../sales/orders/order.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { hasSessions } from './plan-sessions.ts';
import { settle } from './settle.ts';

/** It is a part of the session before it, which is stored with it; where a session is open, it is counted at its end. */
export const countOutcome: Reaction<typeof subscriptions.countOutcome> = async (
  { type, about, occurredAt, customerId },
  ctx,
) => {
  if (!customerId) return;
  const visitor = { customerId: customerId as z.output<typeof CustomerId>, visitor: null };
  const order =
    type.startsWith('order.') && type !== 'order.completed' ? await ctx.store.get(orders, { id: about }) : undefined;
  const from = order && order.placedAt < occurredAt ? order.placedAt : occurredAt;
  if (!(await hasSessions(ctx.store, visitor, occurredAt))) return;
  await settle(visitor, customerId, { from, to: occurredAt }, ctx);
};

export const reaction = consume('countOutcome', subscriptions.countOutcome, countOutcome, { once: false });
