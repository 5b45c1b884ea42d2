import type { Id } from '../../events/ids.ts';
import { segmentClocks } from '../customer-facts/membership.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { judge } from './judge.ts';
import { later, schemes } from './scheme.ts';

/** The timer of a clock that was set anew since does nothing: that one has another. */
const judgeDue: Reaction<typeof subscriptions.judgeDue> = async (event, ctx) => {
  const { customerId, occurredAt } = event;
  if (!customerId) return;
  const clock = await ctx.store.get(segmentClocks, { customerId: customerId as Id<'customer'> });
  if (!clock || clock.dueAt > later(ctx.now, occurredAt)) return;
  await judge({ customerId, schemes: await schemes.concerned(ctx.store, event), heard: event, isDue: true }, ctx);
};

export const reaction = consume('judgeDue', subscriptions.judgeDue, judgeDue, { once: false });
