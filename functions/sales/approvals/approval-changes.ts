import {
  approvalDue,
  approvalGranted,
  approvalRejected,
  approvalRequested,
  approvalWithdrawn,
} from '../../../events/approval.ts';
import { type Change, created, eventOf, insert, schedule, update, updated } from '../../shared/store/changes.ts';
import { plus } from '../../shared/time/duration.ts';
import { type Answer, type Approval, approvals } from './approval.ts';

type Changed = { after: Approval; changes: Change[] };

const dueOf = (now: string, { steps }: Pick<Approval, 'steps'>, step: number) => {
  const within = steps[step - 1]?.within;
  return within ? plus(now, within) : null;
};

/** the event that a step is waited for, and the timer of its answer */
const asked = (approval: Approval): Change[] => {
  const { step, dueAt, steps, id: about, customerId } = approval;
  const { staff, role } = steps[step - 1]!.approvers;
  const timer = dueAt ? [schedule(dueAt, approvalDue, { customerId, about, data: { step } })] : [];
  return [eventOf(approvalRequested, approval, { staff, role }), ...timer];
};

type New = Omit<Approval, 'state' | 'step' | 'dueAt' | 'answers' | 'version' | 'createdAt' | 'updatedAt'>;

export const newApproval = (now: string, fields: New): Changed => {
  const start = { state: 'pending' as const, step: 1, dueAt: dueOf(now, fields, 1), answers: [] };
  const after: Approval = created(now, { ...fields, ...start });
  return { after, changes: [insert(approvals, after), ...asked(after)] };
};

const closed = (now: string, before: Approval, state: Approval['state'], answers: Answer[]): Changed => {
  const after = updated(now, before, { state, answers, dueAt: null });
  const reason = answers.at(-1)?.reason ?? 'nobody answered in time';
  const event = state === 'approved' ? eventOf(approvalGranted, after) : eventOf(approvalRejected, after, { reason });
  return { after, changes: [update(approvals, before, after), event] };
};

/** the approval after an answer to its step: the next step, or its end */
export const answered = (now: string, before: Approval, given: Omit<Answer, 'step' | 'at'>): Changed => {
  const { step, steps } = before;
  const answers = [...before.answers, { ...given, step, at: now }];
  const { onTimeout } = steps[step - 1]!;
  const isLast = step === steps.length;
  const outcome = given.outcome === 'timed-out' ? onTimeout : given.outcome;
  if (outcome === 'rejected' || outcome === 'reject' || (outcome === 'escalate' && isLast))
    return closed(now, before, 'rejected', answers);
  if (isLast) return closed(now, before, 'approved', answers);
  const after = updated(now, before, { step: step + 1, answers, dueAt: dueOf(now, before, step + 1) });
  return { after, changes: [update(approvals, before, after), ...asked(after)] };
};

export const withdrawn = (now: string, before: Approval): Change[] => {
  if (before.state !== 'pending') return [];
  const after = updated(now, before, { state: 'withdrawn', dueAt: null });
  return [update(approvals, before, after), eventOf(approvalWithdrawn, after)];
};
