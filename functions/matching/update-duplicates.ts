import type { StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { commitJudged } from './commit-judged.ts';
import { findDuplicates } from './find-duplicates.ts';
import { matchingRules } from './settings.ts';

/** Keeps the duplicates of customers that are stored as they are now; a thousand at most at a time. Gives how many have changed. */
export const updateDuplicates = async (asked: StoredCustomer[], { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  const rules = await matchingRules(store);
  return retryOnConflict(async () => commitJudged(store, await findDuplicates(asked, { now, store, rules })));
};
