import { caseEscalated, casePriorities } from '../../../events/case.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { toMs } from '../../shared/time/duration.ts';
import type { Case } from '../cases/case.ts';
import { changeCase } from '../cases/change-case.ts';
import { closing } from '../cases/close-case.ts';
import { type Clock, nextDue } from './sla.ts';
import type { Step } from './step.ts';

type Moved = { after: Case; changes: Change[] };

const raised = (priority: Case['priority']) => {
  const from = priority ?? 'normal';
  return { from, to: casePriorities[casePriorities.indexOf(from) + 1] ?? from };
};

const words: Record<Clock, string> = { firstResponse: 'first response', resolution: 'resolution' };

/** a broken promise: noted, told, and the case presses more than before */
const escalating = (now: string, before: Case, { clock, dueAt }: { clock: Clock; dueAt: string }): Moved => {
  const { id, number, customerId, agentId, sla } = before;
  const priority = raised(before.priority);
  const breached = [...sla.breached, clock];
  const { after, changes } = changeCase(now, before, { priority: priority.to, sla: { ...sla, breached } });
  const reasons = [
    `the ${words[clock]} was due at ${dueAt}`,
    agentId ? `it is with ${agentId}` : `it waits in queue ${before.queue}`,
    `priority ${priority.from} becomes ${priority.to}`,
  ];
  const data = { number, clock, dueAt, agentId, priority };
  const told = emit(caseEscalated, { customerId, about: id, data });
  const decision = customerId
    ? [decided(now, { customerId, kind: 'escalation', outcome: `${words[clock]} missed`, reasons, cause: id })]
    : [];
  return { after, changes: [...changes, told, ...decision] };
};

/**
 * Does what has come due for a case, and tells until when to sleep; null when nothing more will come due by itself, or
 * when a later run watches the case. A run that wakes late does one
 * thing after the other.
 */
export const watchStep: Step<{ until: string | null }> = async (event, before, { now, store }) => {
  const newer = toMs(before.watchedSince) > toMs(event.occurredAt);
  const due = newer ? null : nextDue(before);
  if (!due) return { until: null };
  if (toMs(due.dueAt) > toMs(now)) return { until: due.dueAt };
  const { what, dueAt } = due;
  const { after, changes } =
    what === 'close' ? closing(now, before, 'unobjected') : escalating(now, before, { clock: what, dueAt });
  await store.commit(changes);
  return { until: nextDue(after)?.dueAt ?? null };
};
