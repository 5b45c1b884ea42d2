import type { Condition } from '../../shared/conditions/condition.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Deed } from './deed.ts';

/** Whom a job walks over: all customers or a list's members, judged by a condition; or those that were chosen when it began. */
export type Walk = { of: 'all'; where?: Condition } | { of: 'list'; listId: string } | { of: 'chosen' };

/** what a job of the kind `bulk` was asked */
export type BulkInput = { over: unknown; walk: Walk; do: Deed; dryRun: boolean; why: string };

export const bulkInput = ({ input }: Pick<Job, 'input'>) => input as unknown as BulkInput;

/** what a job of the kind `bulk-undo` was asked */
export type UndoInput = { undoes: string; why: string };

export const undoInput = ({ input }: Pick<Job, 'input'>) => input as unknown as UndoInput;
