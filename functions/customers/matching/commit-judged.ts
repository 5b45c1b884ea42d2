import type { Change } from '../../shared/changes.ts';
import type { Store } from '../../shared/store.ts';
import { Changed } from '../../shared/transaction.ts';

/**
 * Does what was judged, each pair by itself; gives how many duplicates it changed. Throws `Changed` when somebody else was faster
 * with one: by what was read for it, it may have been judged wrongly.
 */
export const commitJudged = async (store: Store, units: Change[][]) => {
  const failures = (await store.commitAll(units)).filter(failure => failure !== undefined);
  const worst = failures.find(failure => !(failure instanceof Changed)) ?? failures[0];
  if (worst) throw worst;
  return units.filter(changes => changes.some(change => change.do !== 'say')).length;
};
