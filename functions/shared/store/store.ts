import { mustOwn } from '../aws/file-keys.ts';
import { filingOf } from './customer-records.ts';
import { entriesIn } from './entries.ts';
import { listsOf } from './lists.ts';
import { readsOf } from './reads.ts';
import { type Opened, writesOf } from './writes.ts';

export type { Page, Paging } from './lists.ts';

/** The customer store as one tenant sees it. No other tenant can be named through it. */
export type Store = ReturnType<typeof openStore>;

export const openStore = (opened: Opened) => {
  const { tenant, now } = opened;
  if (tenant) mustOwn(tenant); // a request that names no company yet
  const { query, live, ...reads } = readsOf(opened);
  const reading = { tenant, query, live };
  return {
    tenant,
    now,
    ...reads,
    ...entriesIn(reading),
    ...listsOf(reading),
    ...writesOf(opened),
    ...filingOf(reading),
  };
};
