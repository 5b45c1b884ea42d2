import type { Reaction } from '../../shared/contract.ts';
import { plus } from '../../shared/duration.ts';
import { listen } from '../../shared/listen.ts';
import { anew } from './computed/begin.ts';
import { hears } from './contract.ts';

/** by then what was tracked under the identity is the customer's: it is collected when this is heard, too */
const collectedAfter = 'PT1M';

/** What becomes a customer's long after it happened is not said again: it is found on the timeline. */
export const recountAdopted: Reaction<typeof hears.recountAdopted> = async ({ about }, ctx) => {
  const changes = await anew(ctx, [about], plus(ctx.now, collectedAfter));
  if (changes.length) await ctx.store.commit(changes);
};

export const handler = listen('recountAdopted', hears.recountAdopted, recountAdopted);
