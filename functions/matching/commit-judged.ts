import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customers, isActive } from '../customers/customer.ts';
import { type Change, ifSubscribed } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';
import { closePair } from './judge-pair.ts';

const openedBy = (units: Change[][]) =>
  units.flat().flatMap(change => {
    if ((change.do !== 'insert' && change.do !== 'update') || change.entity !== duplicates) return [];
    const duplicate = (change.do === 'insert' ? change.value : change.after) as StoredDuplicate;
    return duplicate.state === 'open' ? [duplicate] : [];
  });

/** what a search finds is published where somebody listens; what is to be merged has to be heard in any case */
export const saidQuietly = (units: Change[][]): Change[][] =>
  units.map(changes =>
    changes.map(change =>
      change.do === 'emit' && change.event === duplicateConfirmed ? change : ifSubscribed(change),
    ),
  );

/** A record that was merged away while it was compared: whoever closes its duplicates then did not find these yet. */
const closeFallen = async (store: Store, opened: StoredDuplicate[]) => {
  const ids = [...new Set(opened.flatMap(one => one.customers))].map(id => ({ id }));
  const standing = new Set((await store.getAll(customers, ids)).filter(isActive).map(({ id }) => id));
  const fallen = opened.filter(one => one.customers.some(id => !standing.has(id))).map(({ id }) => ({ id }));
  const open = (await store.getAll(duplicates, fallen)).filter(({ state }) => state === 'open');
  await store.commitAll(open.map(one => closePair(store.now, one)));
};

/**
 * Does what was judged, each pair by itself; gives how many duplicates it changed. Throws `Changed` when somebody else was faster
 * with one: by what was read for it, it may have been judged wrongly.
 */
export const commitJudged = async (store: Store, units: Change[][]) => {
  const failures = (await store.commitAll(units)).filter(failure => failure !== undefined);
  const worst = failures.find(failure => !(failure instanceof VersionConflict)) ?? failures[0];
  if (worst) throw worst;
  const opened = openedBy(units);
  if (opened.length) await closeFallen(store, opened);
  return units.filter(changes => changes.some(change => change.do !== 'emit')).length;
};
