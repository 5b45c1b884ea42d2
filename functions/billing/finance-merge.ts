import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../shared/http/context.ts';
import type { Change } from '../shared/store/changes.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { accountChange } from './account.ts';
import { finances, noFinance, type StoredFinance } from './finance.ts';

/** The credit limit of the other counts where the customer that stays has none; amounts move with the invoices. */
export const mergeFinance: MergedPart<StoredFinance>['merge'] = async ({ creditLimit }, into, { store }) => {
  const mine = await store.get(finances, { customerId: into });
  if (!creditLimit || mine?.creditLimit) return { changes: [] };
  return { changes: [accountChange(mine, { ...(mine ?? noFinance(into)), creditLimit })], undo: creditLimit };
};

export const undoFinanceMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const is = await store.get(finances, { customerId: into });
  if (!is || !isDeepStrictEqual(is.creditLimit, undo)) return [];
  const { creditLimit: _, ...without } = is;
  return [accountChange(is, without)];
};
