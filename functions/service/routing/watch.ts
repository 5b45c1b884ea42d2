import { caseEscalated, caseSlaBreached, caseSlaWarning } from '../../../events/case.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Changed } from '../../shared/store/records.ts';
import { toMs } from '../../shared/time/duration.ts';
import type { Case } from '../cases/case.ts';
import { closedCase, decisionOf, readTerms } from '../cases/case-changes.ts';
import { type CaseStep, type Escalating, inOneCommit } from '../cases/case-parts.ts';
import { ifAllowed, stepOf } from '../cases/run-actions.ts';
import { type EscalationAction, expanded, macros } from '../desk/macro.ts';
import { type Clock, clocksOf, type Next, type Terms } from './sla.ts';
import type { Cause } from './steps.ts';

const clockNames: Record<Clock, string> = {
  firstResponse: 'first response',
  nextResponse: 'next response',
  resolution: 'resolution',
};

/** what a policy wants done; the priority rises where it says nothing about a missed time */
const actionsFor = ({ policy }: Terms, { on, clock }: Escalating): EscalationAction[] => {
  const given = (policy?.escalations ?? []).filter(one => one.on === on && (one.clock ?? clock) === clock);
  return given.length || on === 'warning' ? given.flatMap(one => one.do) : [{ raise: true }];
};

const marked =
  ({ on, clock }: Escalating, dueAt: string): CaseStep =>
  ({ sla }) =>
    on === 'warning'
      ? {
          fields: { sla: { ...sla, warned: [...sla.warned, clock] } },
          also: after => [eventOf(caseSlaWarning, after, { clock, dueAt })],
        }
      : {
          fields: { sla: { ...sla, breached: [...sla.breached, clock] } },
          also: after => [eventOf(caseSlaBreached, after, { clock, dueAt })],
        };

/** A due time comes near or was missed: it is recorded, and what its policy wants is done as far as the case allows it. */
const escalated = async (before: Case, dueAt: string, escalating: Escalating, terms: Terms, ctx: Ctx) => {
  const { on, clock } = escalating;
  const { actions, faults } = expanded(actionsFor(terms, escalating), await allOf(ctx.store, macros));
  const refused = faults.map(({ message }) => message);
  const steps = actions.map(action => ifAllowed(stepOf(action, escalating), reason => refused.push(reason)));
  const { after, changes } = await inOneCommit(before, [marked(escalating, dueAt), ...steps], ctx);
  if (on === 'warning') return { after, changes };
  const [from, to] = [before.priority ?? 'normal', after.priority ?? 'normal'];
  const reasons = [
    `the ${clockNames[clock]} was due at ${dueAt}`,
    before.agentId ? `it is assigned to ${before.agentId}` : `it waits in queue ${before.queue}`,
    ...(from === to ? [] : [`priority ${from} becomes ${to}`]),
    ...refused.map(reason => `not done: ${reason}`),
  ];
  const event = eventOf(caseEscalated, after, { clock, dueAt, priority: { from, to } });
  const decision = { kind: 'escalation', outcome: `${clockNames[clock]} missed`, reasons };
  return { after, changes: [...changes, event, ...decisionOf(ctx.now, before, decision)] };
};

const happened = (
  before: Case,
  { what, dueAt, warns }: Next,
  terms: Terms,
  ctx: Ctx,
): Changed<Case> | Promise<Changed<Case>> => {
  if (what === 'close') return closedCase(ctx.now, before, 'unobjected');
  const on = warns ? 'warning' : 'breach';
  return escalated(before, warns ?? dueAt, { on, clock: what }, terms, ctx);
};

/**
 * Does what is due for a case and gives until when to sleep: null when nothing more will be due by itself, or when a later
 * run watches the case. A run that wakes late does one thing after the other.
 */
export const watch = async (event: Cause, before: Case, ctx: Ctx): Promise<string | null> => {
  const { now, store } = ctx;
  const newer = toMs(before.watchedSince) > toMs(event.occurredAt);
  const terms = await readTerms(store, before);
  const due = newer ? null : clocksOf(before, terms, now).next;
  if (!due) return null;
  const { dueAt } = due;
  if (toMs(dueAt) > toMs(now)) return dueAt;
  const { after, changes } = await happened(before, due, terms, ctx);
  await store.commit(changes);
  return clocksOf(after, await readTerms(store, after), now).next?.dueAt ?? null;
};
