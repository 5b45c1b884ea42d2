import type * as z from 'zod';
import { caseAssigned, caseClosed, caseQueued, caseReopened, caseResumed } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import type { Problem } from '../../shared/http/api-error.ts';
import { isSameJson } from '../../shared/json.ts';
import { type Change, created, emit, eventOf, insert, remove, update, updated } from '../../shared/store/changes.ts';
import { type Choice, decided } from '../../shared/store/decision.ts';
import type { EraseRecord } from '../../shared/store/erase.ts';
import type { Changed } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { type Agent, type Profile, profileOf, profiles } from '../desk/agent.ts';
import { calendars } from '../desk/business-calendar.ts';
import { general } from '../desk/queue.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { caseMerged, caseNotOpen, caseNotResolved } from '../errors.ts';
import { asked, retimed, type Terms } from '../routing/sla.ts';
import {
  type Case,
  type CaseFields,
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

/** each agent once, however many of the cases it loses and gets */
const loadChanges = (now: string, steps: Step[], involved: Profile[]): Change[] => {
  const by = new Map<string, number>();
  const count = (id: string | null, more: number) => id && by.set(id, (by.get(id) ?? 0) + more);
  for (const { before, after } of steps) {
    count(holderOf(before), -1);
    count(holderOf(after), 1);
  }
  return [...by].flatMap(([id, more]) => {
    if (!more) return [];
    const agent = involved.find(one => one.id === id);
    if (!agent) throw new Error(`agent ${id} was not read`);
    const profile = profileOf(agent);
    const load = Math.max(0, profile.load + more);
    return [update(profiles, profile, updated(now, profile, { load, ...(more > 0 ? { lastAssignedAt: now } : {}) }))];
  });
};

/**
 * Changes of cases with their places in queues and the loads of agents. `involved`: the agents that they are taken from and
 * given to. It conflicts with any other change of one of the cases or agents.
 */
export const caseChanges = (now: string, steps: Step[], involved: Profile[]): Change[] => [
  ...steps.flatMap(({ before, after }) => [update(cases, before, after), ...queueChanges(before, after)]),
  ...loadChanges(now, steps, involved),
];

/** who gets and loses the case, and what was promised about it: the clocks follow its state */
type Involved = { involved?: Profile[]; terms?: Terms };

/** the workflow that watches a case starts again when a clock of an open case starts or goes on */
const goesOn = (before: Case, { status, sla }: Case) =>
  openStatuses.includes(before.status) &&
  openStatuses.includes(status) &&
  ((before.sla.pausedAt !== null && sla.pausedAt === null) ||
    (before.sla.nextResponseDueAt === null && sla.nextResponseDueAt !== null));

export const changeCase = (
  now: string,
  before: Case,
  fields: Partial<Case>,
  { involved = [], terms }: Involved = {},
): Changed<Case> => {
  const given = updated(now, before, fields);
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
};

export const newCase = (
  now: string,
  { fields, customerId, actor, id = newId('case', now), letter }: NewCase,
): Changed<Case> => {
  const status = 'new' as const;
  const own = { id, number: numberOf(id), status, customerId, watchedSince: now };
  const after: Case = created(now, { ...nothingKnown(), description: '', ...fields, ...own });
  const { description: body } = after;
  const opening = { id: firstMessageOf(id), kind: 'inbound' as const, body, actor, ...(letter && { letter }) };
  const first = body || letter ? [newMessage(now, after, opening).change] : [];
  return { after, changes: [insert(cases, after), ...first] };
};

type Assignment = { to: Agent; from?: Profile[]; terms: Terms; how: 'routed' | 'pulled' | 'manual' };

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

/** A case leaves its agent for its queue. */
export const requeuedCase = (now: string, before: Case, { from, queue, ...asks }: Requeue): Changed<Case> => {
  const place = { queue: queue ?? before.queue ?? general.id, queuedAt: before.queuedAt ?? now };
  const fields = { status: 'queued', agentId: null, ...place, sla: askedSla(now, before, asks) } as const;
  const { after, changes } = changeCase(now, before, fields, { involved: from, terms: asks.terms });
  const queued = eventOf(caseQueued, after, { queue: place.queue, previousAgentId: holderOf(before) });
  return { after, changes: [...changes, queued] };
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
  return { after, changes: [...changes, eventOf(caseReopened, after, { by })] };
};

export const closedCase = (now: string, before: Case, reason: 'manual' | 'unobjected'): Changed<Case> => {
  const { after, changes } = changeCase(now, before, { status: 'closed', closedAt: now });
  return { after, changes: [...changes, eventOf(caseClosed, after, { reason, mergedInto: null })] };
};

/** the record of what was decided about a case, one after the other; none until its customer is known */
export const decisionOf = (now: string, { id, customerId }: Case, first: Choice, ...also: Choice[]): Change[] =>
  customerId ? [decided(now, { customerId, cause: id, ...first, ...(also.length ? { also } : {}) })] : [];

/** A case is removed with its messages, and leaves its queue and the load of its agent. */
export const erasedCase: EraseRecord<Case> = async (before, { store, now }) => {
  const holder = await readHolder(store, before);
  const [, ...changes] = changeCase(now, before, { status: 'closed' }, { involved: holder }).changes;
  const data = { number: before.number, reason: 'erased', mergedInto: null } as const;
  return { changes: [...changes, emit(caseClosed, { about: before.id, data })], files: [filesOfCase(before.id)] };
};
