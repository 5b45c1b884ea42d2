import { isActive, type StoredCustomer } from '../customers/customer.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { candidateIds, type Lookups } from './candidates.ts';
import { byId, comparePairs } from './compare-pairs.ts';
import { type Judging, judgePairs } from './judge-pairs.ts';
import { openDuplicates } from './open-duplicates.ts';
import { storedLookups } from './stored-lookups.ts';

/** so many customers are looked up at a time */
const together = 20;

const reach = async (customer: StoredCustomer, store: Store, look: Lookups) => {
  const [found, open] = await Promise.all([
    candidateIds(customer, look),
    customer.version === 1 ? [] : openDuplicates(store, customer.id), // what is new was never compared
  ]);
  const ids = [...new Set([...found, ...open.flatMap(one => one.customers)])];
  return { open, pairs: ids.map(id => [customer.id, id] as const) };
};

/**
 * What becomes of the duplicates of customers that are stored: those that look alike now, and those that no longer do, each to
 * be done by itself (`store.commitAll`). A thousand at most at a time; of very many see search-duplicates.ts.
 */
export const findDuplicates = async (asked: StoredCustomer[], judging: Judging): Promise<Change[][]> => {
  const { store } = judging;
  const standing = asked.filter(isActive);
  const look = storedLookups(store);
  const reached: Awaited<ReturnType<typeof reach>>[] = [];
  for (let at = 0; at < standing.length; at += together) {
    reached.push(
      ...(await Promise.all(standing.slice(at, at + together).map(customer => reach(customer, store, look)))),
    );
  }
  const compared = await comparePairs(
    store,
    reached.flatMap(({ pairs }) => pairs),
    standing,
  );
  const open = [...byId(reached.flatMap(one => one.open)).values()];
  return judgePairs(compared, open, judging);
};
