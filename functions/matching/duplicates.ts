import { activeCustomer } from '../customers/active-customer.ts';
import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { duplicates, rejectPair } from '../merging/duplicate.ts';
import { pickSurvivor } from '../merging/merge.ts';
import { executeMerge, planMerge } from '../merging/plan-merge.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { differences } from '../shared/json.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Store } from '../shared/store/store.ts';
import { activePair } from './compare-pairs.ts';
import { routes } from './contract.ts';
import { duplicateClosed, duplicateDecided } from './errors.ts';
import { searchKind, startSearch } from './search-work.ts';
import { matchingSettings } from './settings.ts';

const openDuplicate = async (store: Store, id: string) => {
  const duplicate = await store.need(duplicates, { id });
  const { state } = duplicate;
  if (state === 'closed') throw duplicateClosed();
  if (state !== 'open') throw duplicateDecided(`This duplicate is already ${state}.`, { extra: { state } });
  const pair = await activePair(store, duplicate);
  if (!pair) throw duplicateClosed();
  return { duplicate, pair };
};

const differing = (a: StoredCustomer, b: StoredCustomer) =>
  differences(profileOf(a), profileOf(b))
    .map(({ attribute, from, to }) => ({ attribute, values: [from, to] }))
    .sort((one, other) => (one.attribute < other.attribute ? -1 : 1));

export const duplicateHandlers = handlers(routes, {
  readMatchingSettings: (_, { store }) => matchingSettings.of(store),

  changeMatchingSettings: ({ body }, { store }) => matchingSettings.replace(store, body),

  listDuplicates: ({ query: { state, ...paging } }, { store }) => store.list(duplicates, 'state', state, paging),

  readDuplicate: async ({ params: { id = '' } }, ctx) => {
    const { store } = ctx;
    const [duplicate, hidden] = await Promise.all([store.need(duplicates, { id }), hiddenFrom(ctx)]);
    const found = await Promise.all(duplicate.customers.map(one => store.get(customers, { id: one })));
    const [a, b] = found.map(one => (one && !one.erasedAt ? redact(one, hidden) : undefined));
    return {
      ...duplicate,
      records: [a ?? null, b ?? null],
      differences: a && b ? differing(a, b) : [],
      stays: a && b && isActive(a) && isActive(b) ? pickSurvivor(a, b).id : null,
    };
  },

  listDuplicatesOf: async ({ params: { id = '' }, query: { state, ...paging } }, { store }) => {
    await activeCustomer(store, id);
    const { items, nextCursor } = await store.lookup(duplicates, 'customer', id, paging);
    const found = await store.getByIds(duplicates, items);
    const wanted = found.filter(one => state === undefined || one.state === state);
    return { items: wanted.sort((a, b) => b.probability - a.probability), nextCursor };
  },

  acceptDuplicate: async ({ params: { id = '' }, body: { into: chosen, choices } }, ctx) => {
    const { duplicate, pair } = await openDuplicate(ctx.store, id);
    const [a, b] = pair;
    if (chosen && !duplicate.customers.includes(chosen)) {
      throw invalid([{ path: 'into', message: `must be ${a.id} or ${b.id}` }]);
    }
    const into = chosen ?? pickSurvivor(...pair).id;
    const from = into === a.id ? b.id : a.id;
    const plan = await planMerge(ctx, { into, from, choices, why: duplicate.reasons });
    return executeMerge(ctx, plan, { ...plan.duplicate!, into, mergeId: plan.merge.id });
  },

  rejectDuplicate: async ({ params: { id = '' } }, { now, actor, store }) => {
    const { duplicate: before, pair } = await openDuplicate(store, id);
    const { duplicate, changes } = rejectPair(now, pair, { before, by: actor });
    return store.commit(changes, duplicate);
  },

  searchDuplicates: (_, ctx) =>
    retryOnConflict(async () => {
      const { store } = ctx;
      const asked = await store.getBy(jobs, 'single', searchKind);
      if (asked) return asked;
      // one that an import began covers all customers as well
      const { items } = await store.list(jobs, 'kind', searchKind, { limit: 1 });
      if (items[0]?.state === 'running') return items[0];
      const { job, changes } = startSearch(ctx, { single: true });
      return store.commit(changes, job);
    }, isConflict),
});
