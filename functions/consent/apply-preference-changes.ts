import { resolveMerged } from '../customers/active-customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { PreferenceChange } from './choices.ts';
import { decideConsent } from './decide-consent.ts';

type Outcome = 'saved' | 'pending' | 'rejected';
export type AppliedChange = { change: PreferenceChange; outcome: Outcome };

const concurrency = 5;

const apply = async ({ status, ...on }: PreferenceChange, customerId: string, ctx: Ctx): Promise<Outcome> => {
  const input = { status, source: 'preference page' };
  try {
    return await retryOnConflict(async () => {
      const customer = await resolveMerged(ctx.store, customerId);
      if (!customer) return 'rejected';
      const { consent, changes } = await decideConsent(ctx, { customer, on, input });
      await ctx.store.commit(changes);
      return consent.status === 'pending' ? 'pending' : 'saved';
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return 'rejected';
  }
};

/** Applies each change by itself: one that is rejected does not affect the others. */
export const applyPreferenceChanges = (changes: PreferenceChange[], customerId: string, ctx: Ctx) =>
  mapConcurrent(changes, concurrency, async (change): Promise<AppliedChange> => {
    return { change, outcome: await apply(change, customerId, ctx) };
  });
