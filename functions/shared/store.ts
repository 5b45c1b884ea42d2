import { entriesIn } from './store-entries.ts';
import { filingOf } from './store-filing.ts';
import { listsOf } from './store-lists.ts';
import { readsOf } from './store-reads.ts';
import { type Opened, writesOf } from './store-writes.ts';

export type { Page, Paging } from './store-lists.ts';

/** The customer store as one tenant sees it. No other tenant can be named through it. */
export type Store = ReturnType<typeof openStore>;

export const openStore = (opened: Opened) => {
  const { tenant, now } = opened;
  const { query, ...reads } = readsOf(opened);
  const asked = { tenant, query };
  return {
    tenant,
    now,
    ...reads,
    ...entriesIn(asked),
    ...listsOf(asked),
    ...writesOf(opened),
    ...filingOf(asked),
  };
};
