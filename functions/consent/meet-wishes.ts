import { resolveMerged } from '../customers/active-customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { decideConsent } from './decide-consent.ts';
import type { Wish } from './wishes.ts';

type Outcome = 'saved' | 'pending' | 'refused';
export type Met = [wish: Wish, outcome: Outcome];

/** Each wish by itself: one that cannot be met keeps no other from being. */
const meet = async (wish: Wish, customerId: string, ctx: Ctx): Promise<Outcome> => {
  const { status, ...place } = wish;
  const said = { status, source: 'preference page' };
  try {
    return await retryOnConflict(async () => {
      const customer = await resolveMerged(ctx.store, customerId);
      if (!customer) return 'refused';
      const { consent, changes } = await decideConsent(ctx, { customer, place, said });
      await ctx.store.commit(changes);
      return consent.status === 'pending' ? 'pending' : 'saved';
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return 'refused';
  }
};

/** consents changed at a time */
const abreast = 5;

/** what came of each wish: met, waiting for the customer to confirm it, or not to be met */
export const meetWishes = async (wishes: Wish[], customerId: string, ctx: Ctx) => {
  const outcomes: Met[] = [];
  for (let at = 0; at < wishes.length; at += abreast) {
    const some = wishes.slice(at, at + abreast);
    outcomes.push(
      ...(await Promise.all(some.map(async (wish): Promise<Met> => [wish, await meet(wish, customerId, ctx)]))),
    );
  }
  return outcomes;
};
