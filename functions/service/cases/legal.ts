import { ApiError } from '../../shared/http/api-error.ts';
import type { Case, CaseStatus } from './case.ts';

/** not yet settled */
export const open: CaseStatus[] = ['new', 'queued', 'assigned', 'waiting', 'reopened'];

/** in the hands of an agent: takes one of its places, also while the customer is waited for */
export const held: CaseStatus[] = ['assigned', 'waiting'];

/** Refuses with 409 `case.not-<state>` unless the case is in one of the statuses that `state` stands for. */
export const mustBe = ({ number, status }: Case, state: string, statuses: CaseStatus[]) => {
  if (statuses.includes(status)) return;
  throw new ApiError('conflict', `case.not-${state}`, `case ${number} is ${status}; this takes one that is ${state}`, {
    extra: { caseStatus: status },
  });
};
