import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { subscriptions } from './contract.ts';
import { leads } from './leads/lead.ts';
import { routeLead } from './leads/lead-assignment.ts';

/** A new lead goes to somebody by the rules; one that was not responded to in time goes to somebody else. */
const assignLeads: Reaction<typeof subscriptions.assignLeads> = async (event, ctx) => {
  const before = await ctx.store.get(leads, { id: event.about });
  if (before?.status !== 'new') return;
  if (event.type === 'lead.response-due') {
    if (before.respondBy !== event.data.of || before.respondedAt) return;
    await routeLead(before, { how: 'overdue', without: before.ownerId }, ctx);
    return;
  }
  if (before.ownerId || before.waiting) return;
  await retryOnConflict(() => routeLead(before, { how: 'routed' }, ctx));
};

export const reaction = consume('assignLeads', subscriptions.assignLeads, assignLeads);
