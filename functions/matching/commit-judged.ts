import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customers, isActive } from '../customers/customer.ts';
import { duplicates, type StoredDuplicate } from '../merging/duplicate.ts';
import { type Change, ifSubscribed } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { closePair } from './judge-pairs.ts';

const openedBy = (units: Change[][]) =>
  units.flat().flatMap(change => {
    if ((change.do !== 'insert' && change.do !== 'update') || change.entity !== duplicates) return [];
    const duplicate = (change.do === 'insert' ? change.value : change.after) as StoredDuplicate;
    return duplicate.state === 'open' ? [duplicate] : [];
  });

/** events of a search are published only to subscribers, but for those that lead to automatic merges */
export const eventsIfSubscribed = (units: Change[][]): Change[][] =>
  units.map(changes =>
    changes.map(change =>
      change.do === 'emit' && change.event === duplicateConfirmed ? change : ifSubscribed(change),
    ),
  );

/** closes duplicates of records that were merged while they were compared: that merge could not close them yet */
const closeMerged = async (store: Store, opened: StoredDuplicate[]) => {
  const found = await store.getByIds(customers, [...new Set(opened.flatMap(one => one.customers))]);
  const active = new Set(found.filter(isActive).map(({ id }) => id));
  const merged = opened.filter(one => one.customers.some(id => !active.has(id))).map(({ id }) => id);
  const open = (await store.getByIds(duplicates, merged)).filter(({ state }) => state === 'open');
  await store.commitAll(open.map(one => closePair(store.now, one)));
};

/** Commits pairs, each by itself; returns how many it changed. After a `VersionConflict` they have to be judged again. */
export const commitJudged = async (store: Store, units: Change[][]) => {
  const failures = (await store.commitAll(units)).filter(failure => failure !== undefined);
  const worst = failures.find(failure => !(failure instanceof VersionConflict)) ?? failures[0];
  if (worst) throw worst;
  const opened = openedBy(units);
  if (opened.length) await closeMerged(store, opened);
  return units.filter(changes => changes.some(change => change.do !== 'emit')).length;
};
