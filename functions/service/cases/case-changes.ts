import type * as z from 'zod';
import { caseAssigned, caseClosed, caseDue, caseQueued, caseReopened, caseResumed } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import { type Profile, profiles } from '../../assignment/agent.ts';
import { calendars } from '../../assignment/business-calendar.ts';
import { loadChanges, type Shift } from '../../assignment/load.ts';
import type { Problem } from '../../shared/http/api-error.ts';
import { isSameJson } from '../../shared/json.ts';
import {
  type Change,
  created,
  emit,
  eventOf,
  insert,
  remove,
  schedule,
  update,
  updated,
} from '../../shared/store/changes.ts';
import { type Choice, decided } from '../../shared/store/decision.ts';
import type { EraseRecord } from '../../shared/store/erase.ts';
import type { Changed } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { minus, plus } from '../../shared/time/duration.ts';
import type { CaseType } from '../desk/case-type.ts';
import { general } from '../desk/queue.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { caseMerged, caseNotOpen, caseNotResolved } from '../errors.ts';
import { asked, retimed, type Terms } from '../routing/sla.ts';
import {
  type Case,
  type CaseMessage,
  type CaseStatus,
  caseMessages,
  cases,
  filesOfCase,
  firstMessageOf,
  nothingKnown,
  waitingCases,
  waitingOf,
} from './case.ts';
import type { CaseFields } from './case-fields.ts';

export const openStatuses: CaseStatus[] = ['new', 'queued', 'assigned', 'waiting', 'reopened'];

/** in the hands of an agent: counts in its load, also while the case waits for the customer */
export const heldStatuses: CaseStatus[] = ['assigned', 'waiting'];

export const refuseUnless = (statuses: CaseStatus[], refusal: Problem, { number, status }: Case) => {
  if (statuses.includes(status)) return;
  const next = refusal === caseNotOpen ? 'Reopen it first.' : 'It must be resolved first.';
  throw refusal(`Case ${number} is ${status}. ${next}`, { extra: { caseStatus: status } });
};

/** the agent that has the case in its load */
export const holderOf = ({ status, agentId }: Pick<Case, 'status' | 'agentId'>) =>
  heldStatuses.includes(status) ? agentId : null;

/** that agent, as changes of the case take it */
export const readHolder = async (store: Store, before: Case): Promise<Profile[]> => {
  const id = holderOf(before);
  const profile = id ? await store.get(profiles, { id }) : undefined;
  return profile ? [profile] : [];
};

const queueChanges = (before: Case, after: Case): Change[] => {
  const [was, is] = [waitingOf(before), waitingOf(after)];
  if (was && is && waitingCases.key(was).part === waitingCases.key(is).part && was.queue === is.queue) return [];
  return [...(was ? [remove(waitingCases, was)] : []), ...(is ? [insert(waitingCases, is)] : [])];
};

type Step = { before: Case; after: Case };

const shiftOf = ({ before, after }: Step): Shift => ({
  from: holderOf(before),
  to: holderOf(after),
  weight: after.weight,
  rule: after.queue,
});

/**
 * Changes of cases with their places in queues and the loads of agents. `involved`: the agents that they are taken from and
 * given to. It conflicts with any other change of one of the cases or agents.
 */
export const caseChanges = (now: string, steps: Step[], involved: Profile[]): Change[] => [
  ...steps.flatMap(({ before, after }) => [update(cases, before, after), ...queueChanges(before, after)]),
  ...loadChanges(now, steps.map(shiftOf), involved),
];

/** who gets and loses the case, and what was promised about it: the clocks follow its state */
type Involved = { involved?: Profile[]; terms?: Terms };

/** the workflow that watches a case starts again when a clock of an open case starts or goes on */
const goesOn = (before: Case, { status, sla }: Case) =>
  openStatuses.includes(before.status) &&
  openStatuses.includes(status) &&
  ((before.sla.pausedAt !== null && sla.pausedAt === null) ||
    (before.classifiedFor !== null && before.sla.policyId !== sla.policyId) ||
    (before.sla.nextResponseDueAt === null && sla.nextResponseDueAt !== null));

export const changeCase = (
  now: string,
  before: Case,
  fields: Partial<Case>,
  { involved = [], terms }: Involved = {},
): Changed<Case> => {
  const asGiven = updated(now, before, fields);
  const given = asGiven.status === 'waiting' ? asGiven : { ...asGiven, snoozedUntil: null };
  const timed = terms ? { ...given, sla: retimed(now, before, given, terms) } : given;
  const resumes = goesOn(before, timed);
  const after = resumes ? { ...timed, watchedSince: now } : timed;
  const resumed = resumes ? [eventOf(caseResumed, after, { resolutionDueAt: after.sla.resolutionDueAt })] : [];
  return { after, changes: [...caseChanges(now, [{ before, after }], involved), ...resumed] };
};

export const newMessage = (
  now: string,
  { id }: Pick<Case, 'id'>,
  fields: Pick<CaseMessage, 'kind' | 'body' | 'actor' | 'letter'> & { id?: CaseMessage['id'] },
) => {
  const message: CaseMessage = { id: newId('caseMessage', now), caseId: id, at: now, ...fields };
  return { message, change: insert(caseMessages, message) };
};

/** eight characters of the random part of the id: a counter would be written by every new case */
const numberOf = (id: string) => `C-${id.slice(-8, -4)}-${id.slice(-4)}`.toUpperCase();

type Opening = z.output<typeof CaseFields> & Partial<Pick<Case, (typeof openedWith)[number]>>;

const openedWith = ['queue', 'mailbox', 'brandId', 'linked', 'participants', 'latestMail'] as const;

type NewCase = {
  fields: Opening;
  customerId: Case['customerId'];
  actor: string;
  id?: Case['id'] | undefined;
  letter?: CaseMessage['letter'];
  type?: CaseType | undefined;
};

/** the legal clock of a case runs from its opening, whatever its state */
const legalClock = (now: string, { id }: Case, { legalClock: clock }: CaseType) => {
  if (!clock) return { legalDueAt: null, timers: [] };
  const legalDueAt = plus(now, clock.within);
  const timer = (at: string, what: 'legal' | 'legalWarning') =>
    at > now ? [schedule(at, caseDue, { about: id, data: { what, of: legalDueAt } })] : [];
  const warnAt = clock.warnBefore ? minus(legalDueAt, clock.warnBefore) : now;
  return { legalDueAt, timers: [...timer(warnAt, 'legalWarning'), ...timer(legalDueAt, 'legal')] };
};

export const newCase = (
  now: string,
  { fields, customerId, actor, type, id = newId('case', now), letter }: NewCase,
): Changed<Case> => {
  const status = 'new' as const;
  const own = { id, number: numberOf(id), status, customerId, watchedSince: now };
  const given: Case = created(now, { ...nothingKnown(), description: '', ...fields, ...own });
  const { legalDueAt, timers } = type ? legalClock(now, given, type) : { legalDueAt: null, timers: [] };
  const items = (type?.checklist ?? []).map(item => ({ ...item, done: false }));
  const ofType = type ? { weight: type.weight, checklist: fields.checklist ?? items, legalDueAt } : {};
  const after: Case = { ...given, ...ofType };
  const { description: body } = after;
  const opening = { id: firstMessageOf(id), kind: 'inbound' as const, body, actor, ...(letter && { letter }) };
  const first = body || letter ? [newMessage(now, after, opening).change] : [];
  return { after, changes: [insert(cases, after), ...first, ...timers] };
};

type Assignment = { to: Profile; from?: Profile[]; terms: Terms; how: 'routed' | 'pulled' | 'manual' };

/** what an assignment changes of a case, and its event */
export const assignment = (before: Case, { id: agentId }: Profile, how: Assignment['how']) => {
  const status = before.status === 'waiting' ? 'waiting' : 'assigned';
  const data = { agentId, previousAgentId: holderOf(before), how };
  return {
    fields: { status, agentId, knownBy: agentId, queuedAt: null } as const,
    event: (after: Case) => eventOf(caseAssigned, after, data),
  };
};

export const assignedCase = (now: string, before: Case, { to, from = [], terms, how }: Assignment): Changed<Case> => {
  const { fields, event } = assignment(before, to, how);
  const { after, changes } = changeCase(now, before, fields, { involved: [...from, to], terms });
  return { after, changes: [...changes, event(after)] };
};

/** what was promised about a case, as it is now */
export const readTerms = async (store: Store, { sla: { policyId, calendarId } }: Pick<Case, 'sla'>): Promise<Terms> => {
  const [policy, hours] = await Promise.all([
    policyId ? store.get(slaPolicies, { id: policyId }) : undefined,
    calendarId ? store.get(calendars, { id: calendarId }) : undefined,
  ]);
  return { policy, hours: hours ?? null };
};

/** what the customer wrote starts the clock of the next response */
type Asked = { asks?: boolean; terms: Terms };

const askedSla = (now: string, { sla }: Case, { asks, terms }: Asked) => (asks ? asked(sla, terms, now) : sla);

type Requeue = Asked & { from: Profile[]; queue?: string };

/** what going to a queue changes of a case, and its event */
export const queueing = (now: string, before: Case, queue = before.queue ?? general.id) => {
  const queuedAt = before.status === 'queued' && before.queue === queue ? before.queuedAt : now;
  return {
    fields: { status: 'queued', agentId: null, queue, queuedAt } as const,
    event: (after: Case) => eventOf(caseQueued, after, { queue, previousAgentId: holderOf(before) }),
  };
};

/** A case leaves its agent for its queue. */
export const requeuedCase = (now: string, before: Case, { from, queue, ...asks }: Requeue): Changed<Case> => {
  const { fields, event } = queueing(now, before, queue);
  const given = { ...fields, sla: askedSla(now, before, asks) };
  const { after, changes } = changeCase(now, before, given, { involved: from, terms: asks.terms });
  return { after, changes: [...changes, event(after)] };
};

/** The customer wrote: a case that waited for it goes on. */
export const askedCase = (now: string, before: Case, terms: Terms): Changed<Case> => {
  const status = before.status === 'waiting' ? 'assigned' : before.status;
  const sla = askedSla(now, before, { asks: true, terms });
  if (status === before.status && isSameJson(sla, before.sla)) return { after: before, changes: [] };
  return changeCase(now, before, { status, sla }, { terms });
};

/** A resolved or closed case is routed again, first to the agent who knows it; the time since then does not count. */
export const reopenedCase = (now: string, before: Case, by: 'agent' | 'customer', terms: Terms): Changed<Case> => {
  refuseUnless(['resolved', 'closed'], caseNotResolved, before);
  const { number, mergedInto } = before;
  if (mergedInto) {
    throw caseMerged(`Case ${number} was merged. Use case ${mergedInto}.`, { extra: { mergedInto } });
  }
  const ends = { agentId: null, resolvedAt: null, closedAt: null };
  const sla = askedSla(now, before, { asks: by === 'customer', terms });
  const fields = { status: 'reopened', ...ends, sla, watchedSince: now } as const;
  const { after, changes } = changeCase(now, before, fields, { terms });
  return { after, changes: [...changes, eventOf(caseReopened, { ...after, agentId: before.agentId }, { by })] };
};

export const closedCase = (now: string, before: Case, reason: 'manual' | 'unobjected'): Changed<Case> => {
  const { after, changes } = changeCase(now, before, { status: 'closed', closedAt: now });
  return { after, changes: [...changes, eventOf(caseClosed, after, { reason, mergedInto: null, wasOpen: false })] };
};

/** the record of what was decided about a case, one after the other; none until its customer is known */
export const decisionOf = (now: string, { id, customerId }: Case, first: Choice, ...also: Choice[]): Change[] =>
  customerId ? [decided(now, { customerId, cause: id, ...first, ...(also.length ? { also } : {}) })] : [];

/** A case is removed with its messages, and leaves its queue and the load of its agent. */
export const erasedCase: EraseRecord<Case> = async (before, { store, now }) => {
  const holder = await readHolder(store, before);
  const [, ...changes] = changeCase(now, before, { status: 'closed' }, { involved: holder }).changes;
  const { number, queue, channel, productId, createdAt } = before;
  const place = { queue, channel, productId, createdAt };
  const wasOpen = openStatuses.includes(before.status);
  const data = { number, ...place, wasOpen, reason: 'erased', mergedInto: null } as const;
  return { changes: [...changes, emit(caseClosed, { about: before.id, data })], files: [filesOfCase(before.id)] };
};
