import { isActive, type StoredCustomer } from '../customers/customer.ts';
import { duplicates, type StoredDuplicate } from '../merging/duplicate.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { Change } from '../shared/store/changes.ts';
import { allPages } from '../shared/store/record-page.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Store } from '../shared/store/store.ts';
import { candidateIds, type Lookups, storedLookups } from './candidates.ts';
import { byId, comparePairs } from './compare-pairs.ts';
import { commitJudged, type Judging, judgePairs } from './judge-pairs.ts';
import { matchingSettings } from './settings.ts';

const most = { page: 100, all: 500 };

export const openDuplicates = async (store: Store, customerId: string): Promise<StoredDuplicate[]> => {
  const lookup = (cursor?: string) => store.lookup(duplicates, 'customer', customerId, { limit: most.page, cursor });
  const found = await store.getByIds(duplicates, await allPages(lookup, most.all));
  return found.filter(({ state }) => state === 'open');
};

const pairsOf = async (customer: StoredCustomer, store: Store, lookups: Lookups) => {
  const [found, open] = await Promise.all([
    candidateIds(customer, lookups),
    customer.version === 1 ? [] : openDuplicates(store, customer.id), // a new one was never compared
  ]);
  const ids = [...new Set([...found, ...open.flatMap(one => one.customers)])];
  return { open, pairs: ids.map(id => [customer.id, id] as const) };
};

const concurrent = 20;

/** The changes of the duplicates of some stored customers: those that look alike now, and those that no longer do, a unit each. */
const findDuplicates = async (some: StoredCustomer[], judging: Judging): Promise<Change[][]> => {
  const { store } = judging;
  const active = some.filter(isActive);
  const lookups = storedLookups(store);
  const found = await mapConcurrent(active, concurrent, customer => pairsOf(customer, store, lookups));
  const pairs = found.flatMap(one => one.pairs);
  const compared = await comparePairs(store, pairs, active);
  const open = [...byId(found.flatMap(one => one.open)).values()];
  return judgePairs(compared, open, judging);
};

/** Brings the duplicates of stored customers, a thousand at most, up to date. Returns how many have changed. */
export const updateDuplicates = async (some: StoredCustomer[], { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  const rules = await matchingSettings.of(store);
  return retryOnConflict(async () => commitJudged(store, await findDuplicates(some, { now, store, rules })));
};
