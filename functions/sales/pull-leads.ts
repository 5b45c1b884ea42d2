import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { pullLead } from './leads/lead-assignment.ts';

type Event = Parameters<Reaction<typeof subscriptions.pullLeads>>[0];

/** Whether somebody may have become free, or a lead waits. A pull continues with its own `lead.assigned`. */
const isRelevant = (event: Event) =>
  event.type !== 'lead.assigned' || event.data.how === 'pulled' || event.data.previousOwnerId !== null;

const pullLeads: Reaction<typeof subscriptions.pullLeads> = async (event, ctx) => {
  if (isRelevant(event)) await pullLead(ctx);
};

export const reaction = consume('pullLeads', subscriptions.pullLeads, pullLeads);
