import { caseAcknowledged, caseClassified, caseEscalated, casePriorities, caseQueued } from '../../../events/case.ts';
import { voiceFor } from '../../consent/service-mail.ts';
import { customerById } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { asItIs, decidedUnder, type Lock, lockOn, written } from '../../shared/store/lock.ts';
import type { Changed } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { minus, toMs } from '../../shared/time/duration.ts';
import { type Case, cases } from '../cases/case.ts';
import { assignedCase, changeCase, closedCase, decisionOf } from '../cases/case-changes.ts';
import { acknowledgement } from '../cases/case-emails.ts';
import { calendars, openingTimer } from '../desk/business-calendar.ts';
import { readCategories } from '../desk/category.ts';
import { prioritySettings } from '../desk/priority-settings.ts';
import { general } from '../desk/queue.ts';
import { allOf, readCandidates, readQueues } from '../desk/read-desk.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { chooseAgent } from './choose-agent.ts';
import { classify } from './classify.ts';
import { whyAutomatic } from './read-text.ts';
import { type Clock, nextDue } from './sla.ts';

/** the event that a run of the workflow was started by */
export type Cause = { id: string; tenant: string; occurredAt: string; about: string };

/** A step of the routing of a case. Repeated, by the same run or another, it changes nothing. */
export type Step<R = void> = (event: Cause, before: Case, ctx: Ctx) => Promise<R>;

const readRules = async (store: Store) => {
  const [queues, policies, hours, categories, priorities] = await Promise.all([
    readQueues(store),
    allOf(store, slaPolicies),
    allOf(store, calendars),
    readCategories(store),
    prioritySettings.of(store),
  ]);
  return { queues, policies, calendars: hours, categories, priorities };
};

/** the agent who last worked for the customer, by its latest cases */
const readKnownBy = async (store: Store, { customerId, knownBy, id }: Case) => {
  if (knownBy || !customerId) return knownBy;
  const keep = (one: Case) => one.id !== id && one.knownBy !== null;
  const { items } = await store.belonging(cases, customerId, { limit: 1, keep });
  return items[0]?.knownBy ?? null;
};

export const classifyStep: Step = async (event, before, { now, store }) => {
  if (before.classifiedFor === event.id || before.status === 'closed') return;
  const { customerId } = before;
  const [customer, rules, knownBy] = await Promise.all([
    customerId ? customerById(store, customerId) : undefined,
    readRules(store),
    readKnownBy(store, before),
  ]);
  // due times count from when the customer wrote, however late this runs
  const { fields, reasons } = classify(before, customer, rules, event.occurredAt);
  const { after, changes } = changeCase(now, before, { ...fields, knownBy, classifiedFor: event.id });
  const { policyId: slaPolicy, firstResponseDueAt, resolutionDueAt } = fields.sla;
  const classified = eventOf(caseClassified, after, { ...fields, slaPolicy, firstResponseDueAt, resolutionDueAt });
  const outcome = `${after.queue}, ${after.priority}`;
  await store.commit([
    ...changes,
    classified,
    ...decisionOf(now, before, { kind: 'classification', outcome, reasons }),
  ]);
};

export const assignStep: Step = async (_, before, { now, store }) => {
  if (before.status !== 'new' && before.status !== 'reopened') return;
  const [candidates, all] = await Promise.all([readCandidates(store), readQueues(store)]);
  const { skills, team } = all.find(({ id }) => id === before.queue) ?? general;
  const { agent, reasons, opening } = chooseAgent({ ...before, skills, team }, candidates, now);
  if (agent) {
    const { changes } = assignedCase(now, before, { to: agent, how: 'routed' });
    const decision = { kind: 'routing', outcome: `assigned to ${agent.id}`, reasons };
    await store.commit([...changes, ...decisionOf(now, before, decision)]);
    return;
  }
  const queue = before.queue ?? general.id;
  const { after, changes } = changeCase(now, before, { status: 'queued', queue, queuedAt: now });
  const queued = eventOf(caseQueued, after, { queue, previousAgentId: null });
  const decision = decisionOf(now, before, { kind: 'routing', outcome: `queued in ${queue}`, reasons });
  await store.commit([...changes, queued, ...decision, ...(await openingTimer(store, opening))]);
};

/** two systems that answer each other must come to an end */
const mostAcknowledged = { count: 5, within: 'PT1H' };

const acknowledgedOften = async (customerId: string, lock: Lock, { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  const since = minus(now, mostAcknowledged.within);
  const keep = ({ acknowledgedAt }: Case) => acknowledgedAt !== null && acknowledgedAt > since;
  const { items } = await store.belonging(cases, customerId, { limit: mostAcknowledged.count, keep });
  const found = (await asItIs(store, cases, items, [lock])).filter(keep);
  return found.length < mostAcknowledged.count
    ? null
    : `${mostAcknowledged.count} cases of the customer were acknowledged in the last hour`;
};

export const acknowledgeStep: Step = async (_, before, { now, store }) => {
  const { id, number, customerId, sla, language } = before;
  if (before.acknowledgement || !customerId) return;
  const lock = await lockOn(store, `acknowledgements ${customerId}`);
  const customer = await customerById(store, customerId);
  const [message, { words }] = await Promise.all([
    acknowledgement(before, customer, store),
    voiceFor(store, { locale: customer?.locale ?? language ?? undefined }),
  ]);
  const objection =
    whyAutomatic(before, words.receivedSubject) ??
    (message.length ? await acknowledgedOften(customerId, lock, { now, store }) : 'the customer has no address');
  const outcome = objection ? 'withheld' : 'sent';
  const fields = { acknowledgement: outcome, acknowledgedAt: objection ? null : now } as const;
  const { after, changes } = changeCase(now, before, fields);
  const reasons = [objection ?? `first acknowledgement of case ${number}`];
  const sent = objection ? [] : [...message, eventOf(caseAcknowledged, after, { expectedBy: sla.firstResponseDueAt })];
  const decision = decided(now, { customerId, kind: 'acknowledgement', outcome, reasons, cause: id });
  await store.commit([...changes, ...sent, decision, decidedUnder(lock, [written(cases, { id })])]);
};

const clockNames: Record<Clock, string> = { firstResponse: 'first response', resolution: 'resolution' };

/** a due time was missed: it is recorded, and the priority rises by one */
const escalatedCase = (now: string, before: Case, { clock, dueAt }: { clock: Clock; dueAt: string }): Changed<Case> => {
  const { agentId, queue, sla } = before;
  const from = before.priority ?? 'normal';
  const to = casePriorities[casePriorities.indexOf(from) + 1] ?? from;
  const breached = [...sla.breached, clock];
  const { after, changes } = changeCase(now, before, { priority: to, sla: { ...sla, breached } });
  const reasons = [
    `the ${clockNames[clock]} was due at ${dueAt}`,
    agentId ? `it is assigned to ${agentId}` : `it waits in queue ${queue}`,
    `priority ${from} becomes ${to}`,
  ];
  const escalated = eventOf(caseEscalated, after, { clock, dueAt, priority: { from, to } });
  const decision = { kind: 'escalation', outcome: `${clockNames[clock]} missed`, reasons };
  return { after, changes: [...changes, escalated, ...decisionOf(now, before, decision)] };
};

/**
 * Does what is due for a case and replies until when to sleep: null when nothing more will be due by itself, or when a later
 * run watches the case. A run that wakes late does one thing after the other.
 */
export const watchStep: Step<{ until: string | null }> = async (event, before, { now, store }) => {
  const newer = toMs(before.watchedSince) > toMs(event.occurredAt);
  const due = newer ? null : nextDue(before);
  if (!due) return { until: null };
  const { what, dueAt } = due;
  if (toMs(dueAt) > toMs(now)) return { until: dueAt };
  const { after, changes } =
    what === 'close' ? closedCase(now, before, 'unobjected') : escalatedCase(now, before, { clock: what, dueAt });
  await store.commit(changes);
  return { until: nextDue(after)?.dueAt ?? null };
};
