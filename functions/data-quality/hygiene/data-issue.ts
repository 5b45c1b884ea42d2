import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { IssueCause, IssueResolution } from '../../../events/hygiene.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { isWithin, valuesOf } from '../../customers/attributes/paths.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { type Change, insert, remove } from '../../shared/store/changes.ts';
import { entity, revive } from '../../shared/store/entity.ts';
import type { MergedPart, Merging } from '../../shared/store/merge.ts';
import type { Store } from '../../shared/store/store.ts';

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

const valueAt = (customer: StoredCustomer, attribute: string) =>
  [...valuesOf(profileOf(customer))].filter(([one]) => isWithin(one, attribute)).sort(([a], [b]) => (a < b ? -1 : 1));

export const hasSameValue = (a: StoredCustomer, b: StoredCustomer, attribute: string) => {
  const value = valueAt(a, attribute);
  return value.length > 0 && isDeepStrictEqual(value, valueAt(b, attribute));
};

/** `moved`: with the value that it is about */
type Undo = { issue: DataIssue; moved: boolean };

/** It moves with the value that it is about; with a value that was given up it is removed until the merge is undone. */
const mergeDataIssue: MergedPart<DataIssue>['merge'] = async (issue, into, { store }) => {
  const [there, mine, other] = await Promise.all([
    store.get(dataIssues, { ...issue, customerId: into }),
    store.get(customers, { id: into }),
    store.get(customers, { id: issue.customerId }),
  ]);
  const moved = Boolean(!there && mine && other && hasSameValue(mine, other, issue.attribute));
  const undo: Undo = { issue, moved };
  return {
    changes: [remove(dataIssues, issue), ...(moved ? [insert(dataIssues, { ...issue, customerId: into })] : [])],
    undo,
  };
};

/** What was resolved for the merged customer is resolved for the one that it was about. */
const undoDataIssueMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { issue, moved } = undo as Undo;
  const is = moved ? await store.get(dataIssues, { ...issue, customerId: into }) : undefined;
  const back = is ? { ...is, customerId: issue.customerId } : issue;
  return [...(is ? [remove(dataIssues, is)] : []), insert(dataIssues, back)];
};

const mostIssues = 200;

/** all issues of a customer, also those that were resolved */
export const issuesOf = async (store: Store, customerId: string): Promise<DataIssue[]> => {
  const within = { from: 'data-issue#', to: 'data-issue$' };
  const { items } = await store.partition(['customer', customerId], { limit: mostIssues, within, upwards: true });
  return items.map(item => revive(dataIssues, item));
};
