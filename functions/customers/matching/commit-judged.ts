import type { Change } from '../../shared/changes.ts';
import type { Store } from '../../shared/store.ts';
import { Changed } from '../../shared/transaction.ts';

/**
 * Does what was judged, each pair by itself; gives how many duplicates it changed. Where somebody else was faster with a pair,
 * its records were changed too: that is heard of by itself.
 */
export const commitJudged = async (store: Store, units: Change[][]) => {
  const failures = await store.commitAll(units);
  const bad = failures.find(failure => failure !== undefined && !(failure instanceof Changed));
  if (bad) throw bad;
  return units.filter((changes, nth) => !failures[nth] && changes.some(change => change.do !== 'say')).length;
};
