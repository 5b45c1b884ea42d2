import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { plus } from '../shared/time/duration.ts';
import { computeAdopted } from './compute-jobs.ts';
import { subscriptions } from './contract.ts';

/** by then the events of the identity are on the customer's timeline: another reaction to this event moves them */
const movedAfter = 'PT1M';

/** Adopted events are not published again: they are found on the timeline. */
export const countAdopted: Reaction<typeof subscriptions.countAdopted> = async ({ about }, ctx) => {
  const customer = await resolveMerged(ctx.store, about);
  const changes = customer ? await computeAdopted(ctx, customer.id, plus(ctx.now, movedAfter)) : [];
  if (changes.length) await ctx.store.commit(changes);
};

export const reaction = consume('countAdopted', subscriptions.countAdopted, countAdopted);
