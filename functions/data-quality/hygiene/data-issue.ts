import * as z from 'zod';
import { IssueCause, IssueResolution } from '../../../events/hygiene.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity, revive } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { mergeDataIssue, undoDataIssueMerge } from './data-issue-merge.ts';

/** the record as a whole, instead of an attribute */
export const wholeRecord = 'record';

/** Something of a customer that is to be verified: one for each attribute. */
export const DataIssue = z.object({
  customerId: CustomerId,
  attribute: z.string(),
  cause: IssueCause,
  why: z.string(),
  /** missing where no rule is about it */
  rule: z.string().optional(),
  state: z.enum(['open', 'resolved']),
  since: Instant,
  resolvedAt: Instant.optional(),
  resolution: IssueResolution.optional(),
  taskId: idOf('activity').optional(),
  /** which slice of which job opened it, so that a slice done again counts the same */
  openedBy: z.string().optional(),
  version: stamps.version,
});
export type DataIssue = z.output<typeof DataIssue>;

/** issues that no rule is about are listed under this */
export const withoutRule = 'none';

export const dataIssues = entity('data-issue', DataIssue, {
  onMerge: {
    merge: (...args) => mergeDataIssue(...args),
    undo: (...args) => undoDataIssueMerge(...args),
  },
  onErase: 'delete',
  area: 'activities',
  key: ({ customerId, attribute }: { customerId: string; attribute: string }) => ({
    of: ['customer', customerId],
    part: `data-issue#${attribute}`,
  }),
  lists: {
    open: {
      by: ({ state, rule }) => (state === 'open' ? (rule ?? withoutRule) : undefined),
      sort: ({ since, customerId, attribute }) => `${since}#${customerId}#${attribute}`,
    },
  },
});

const mostIssues = 200;

/** all issues of a customer, also those that were resolved */
export const issuesOf = async (store: Store, customerId: string): Promise<DataIssue[]> => {
  const within = { from: 'data-issue#', to: 'data-issue$' };
  const { items } = await store.partition(['customer', customerId], { limit: mostIssues, within, upwards: true });
  return items.map(item => revive(dataIssues, item));
};
