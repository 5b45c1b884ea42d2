import type { Ctx } from '../../shared/context.ts';
import { Changed } from '../../shared/transaction.ts';
import type { StoredCustomer } from '../customer.ts';
import { findDuplicates } from './find-duplicates.ts';
import { matchingRules } from './settings.ts';

/**
 * Keeps the duplicates of customers that are stored as they are now; a thousand at most at a time. Gives how many pairs have
 * changed. Where somebody else was faster with a pair, its records were changed too: that is heard of by itself.
 */
export const updateDuplicates = async (asked: StoredCustomer[], { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  const units = await findDuplicates(asked, { now, store, rules: await matchingRules(store) });
  const failures = (await store.commitAll(units)).filter(failure => failure !== undefined);
  const bad = failures.find(failure => !(failure instanceof Changed));
  if (bad) throw bad;
  return units.length - failures.length;
};
