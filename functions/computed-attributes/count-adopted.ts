import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { plus } from '../shared/time/duration.ts';
import { adopting } from './begin.ts';
import { subscriptions } from './contract.ts';

/** by then what was tracked under the identity is the customer's: it is collected when this is heard, too */
const collectedAfter = 'PT1M';

/** What becomes a customer's long after it happened is not said again: it is found on the timeline. */
export const countAdopted: Reaction<typeof subscriptions.countAdopted> = async ({ about }, ctx) => {
  const customer = await resolveMerged(ctx.store, about);
  const changes = customer ? await adopting(ctx, customer.id, plus(ctx.now, collectedAfter)) : [];
  if (changes.length) await ctx.store.commit(changes);
};

export const handler = consume('countAdopted', subscriptions.countAdopted, countAdopted);
