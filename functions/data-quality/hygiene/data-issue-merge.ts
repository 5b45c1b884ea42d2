import { hasSameValue } from '../../customers/attributes/same-value.ts';
import { customers } from '../../customers/customer.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, insert, remove } from '../../shared/store/changes.ts';
import type { MergedPart, Merging } from '../../shared/store/merge.ts';
import { type DataIssue, dataIssues } from './data-issue.ts';

/** `moved`: with the value that it is about */
type Undo = { issue: DataIssue; moved: boolean };

/** It moves with the value that it is about; with a value that was given up it is removed until the merge is undone. */
export const mergeDataIssue: MergedPart<DataIssue>['merge'] = async (issue, into, { store }) => {
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
export const undoDataIssueMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { issue, moved } = undo as Undo;
  const is = moved ? await store.get(dataIssues, { ...issue, customerId: into }) : undefined;
  const back = is ? { ...is, customerId: issue.customerId } : issue;
  return [...(is ? [remove(dataIssues, is)] : []), insert(dataIssues, back)];
};
