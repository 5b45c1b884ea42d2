import { opportunityStalled } from '../../events/opportunity.ts';
import { orderLate } from '../../events/order.ts';
import { quoteExpired } from '../../events/quote.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, eventOf, update, updated } from '../shared/store/changes.ts';
import { approvals } from './approvals/approval.ts';
import { answerChanges } from './approvals/approvals.ts';
import { subscriptions } from './contract.ts';
import { daysBetween } from './fields.ts';
import { missedMilestone } from './opportunities/milestones.ts';
import { opportunities } from './opportunities/opportunity.ts';
import { writeOpportunity } from './opportunities/opportunity-changes.ts';
import { openUnits } from './orders/fulfil.ts';
import { orders } from './orders/order.ts';
import { totalOf } from './quotes/accept-quote.ts';
import { quotes } from './quotes/quote.ts';
import { moved } from './quotes/quote-changes.ts';

type Due = Parameters<Reaction<typeof subscriptions.actOnDue>>[0];

/** A timer is never cancelled: it does nothing where what it is about went on, or waits for another time. */
const changesOf = async ({ type, about: id, data }: Due, ctx: Ctx): Promise<Change[]> => {
  const { now, store } = ctx;
  switch (type) {
    case 'quote.due': {
      const before = await store.get(quotes, { id });
      if (before?.state !== 'sent' || before.validUntil !== data.validUntil) return [];
      const after = moved(now, before, 'expired');
      return [update(quotes, before, after), eventOf(quoteExpired, after, totalOf(after))];
    }
    case 'approval.due': {
      const before = await store.get(approvals, { id });
      if (before?.state !== 'pending' || before.step !== data.step) return [];
      return (await answerChanges(before, { outcome: 'timed-out', by: ctx.actor }, ctx)).changes;
    }
    case 'opportunity.stall-due': {
      const before = await store.get(opportunities, { id });
      const { stage, stageSince } = data;
      if (before?.status !== 'open' || before.stage !== stage || before.stageSince !== stageSince) return [];
      const after = updated(now, before, { stalledAt: now });
      const stalled = eventOf(opportunityStalled, after, { daysInStage: daysBetween(stageSince, now) });
      return [update(opportunities, before, after), stalled];
    }
    case 'opportunity.milestone-due': {
      const before = await store.get(opportunities, { id });
      const missed = missedMilestone(now, before, data);
      return missed ? [...writeOpportunity(before, missed.after), ...missed.events] : [];
    }
    case 'order.rest-due': {
      const order = await store.get(orders, { id });
      const open = order ? openUnits(order) : 0;
      if (!order || !open || order.status === 'cancelled' || order.restExpectedOn !== data.restExpectedOn) return [];
      return [eventOf(orderLate, order, { open, restExpectedOn: data.restExpectedOn })];
    }
  }
};

export const reaction = consume('actOnDue', subscriptions.actOnDue, async (event, ctx) => {
  const changes = await changesOf(event, ctx);
  if (changes.length) await ctx.store.commit(changes);
});
