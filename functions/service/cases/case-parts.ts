import type * as z from 'zod';
import {
  caseChanged,
  caseNoted,
  casePriorities,
  caseReplied,
  caseResolved,
  caseTeamNotified,
} from '../../../events/case.ts';
import type { Profile } from '../../assignment/agent.ts';
import { needAgent } from '../../assignment/candidates.ts';
import { customerById } from '../../customers/reads.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { isSameJson, type Json, mergePatch } from '../../shared/json.ts';
import { type Change, eventOf } from '../../shared/store/changes.ts';
import { type Changed, fieldsOf } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { attributeFaults, caseTypes } from '../desk/case-type.ts';
import { readQueues } from '../desk/read-desk.ts';
import { agentFull, caseChecklistOpen, caseNotOpen, queueNotFound } from '../errors.ts';
import { policyOf } from '../routing/policy-of.ts';
import { answered, dueTimes, secondsOf } from '../routing/sla.ts';
import { type Case, type CaseMessage, cases } from './case.ts';
import {
  assignment,
  changeCase,
  heldStatuses,
  holderOf,
  newMessage,
  openStatuses,
  queueing,
  readHolder,
  readTerms,
  refuseUnless,
} from './case-changes.ts';
import { answerMessage, ratingRequest } from './case-emails.ts';
import { type CaseFields, CasePatch, type Target } from './case-fields.ts';

/** a part of what is done to a case: its fields, the agents that it concerns, and what else is written with it */
export type CasePart = { fields?: Partial<Case>; involved?: Profile[]; also?: (after: Case) => Change[] };

export type CaseStep = (current: Case, ctx: Ctx) => CasePart | Promise<CasePart>;

export const customerOf = ({ customerId }: Case, store: Store) =>
  customerId ? customerById(store, customerId) : undefined;

const once = (all: Profile[]) => [...new Map(all.map(one => [one.id, one])).values()];

/** Several steps in one commit: each is decided on what the earlier ones made of the case. */
export const inOneCommit = async (before: Case, steps: CaseStep[], ctx: Ctx): Promise<Changed<Case>> => {
  const parts: CasePart[] = [];
  let current = before;
  for (const step of steps) {
    const part = await step(current, ctx);
    parts.push(part);
    current = { ...current, ...part.fields };
  }
  const involved = once(parts.flatMap(part => part.involved ?? []));
  const terms = await readTerms(ctx.store, current);
  const isChanged = parts.some(({ fields }) => fields);
  const { after, changes } = isChanged
    ? changeCase(ctx.now, before, current, { involved, terms })
    : { after: before, changes: [] };
  return { after, changes: [...changes, ...parts.flatMap(({ also }) => also?.(after) ?? [])] };
};

export const noted =
  (body: string): CaseStep =>
  (current, { now, actor }) => {
    const { message, change } = newMessage(now, current, { kind: 'note', body, actor });
    return { also: after => [change, eventOf(caseNoted, after, { messageId: message.id })] };
  };

/** a reply of an agent with its event; `before`: the case as it was before the reply */
const answer = async (before: Case, fields: Pick<CaseMessage, 'body' | 'actor'>, { now, store }: Ctx) => {
  const { message, change } = newMessage(now, before, { kind: 'reply', ...fields });
  const { firstRespondedAt, firstResponseDueAt } = before.sla;
  const isFirst = !firstRespondedAt;
  const { hours } = await readTerms(store, before);
  const took = secondsOf({ ...before, sla: { ...before.sla, pausedSeconds: 0, pausedAt: null } }, hours, now);
  const data = {
    ...{ from: 'agent' as const, messageId: message.id },
    firstResponseSeconds: isFirst ? took.workingSeconds : null,
    late: isFirst && firstResponseDueAt !== null && firstResponseDueAt < now,
  };
  return { message, also: (after: Case): Change[] => [change, eventOf(caseReplied, after, data)] };
};

/** A reply goes to the customer, and a held case waits for the answer; a resolved case stays resolved. */
export const replied =
  (body: string, by?: string): CaseStep =>
  async (current, ctx) => {
    refuseUnless([...openStatuses, 'resolved'], caseNotOpen, current);
    const { message, also } = await answer(current, { body, actor: by ?? ctx.actor }, ctx);
    const mail = await answerMessage(current, await customerOf(current, ctx.store), ctx.store, message);
    const status = heldStatuses.includes(current.status) ? ('waiting' as const) : current.status;
    return {
      fields: { status, sla: answered(current.sla, ctx.now) },
      involved: await readHolder(ctx.store, current),
      also: after => [...also(after), ...mail],
    };
  };

const toAgent = async (current: Case, agentId: string, { store }: Ctx): Promise<CasePart> => {
  const to = await needAgent(store, agentId);
  if (holderOf(current) === to.id) return {};
  if (to.load + Math.min(current.weight, to.capacity) > to.capacity || !to.capacity) {
    throw agentFull(`${to.name} already has ${to.load} of ${to.capacity} cases.`);
  }
  const { fields, event } = assignment(current, to, 'manual');
  return { fields, involved: [...(await readHolder(store, current)), to], also: after => [event(after)] };
};

const toQueue = async (current: Case, queue: string, { now, store }: Ctx): Promise<CasePart> => {
  if (!(await readQueues(store)).some(({ id }) => id === queue)) throw queueNotFound();
  // a case that is not classified yet is queued by its routing
  if (current.status === 'new' || current.status === 'reopened') return { fields: { queue } };
  const { fields, event } = queueing(now, current, queue);
  return { fields, involved: await readHolder(store, current), also: after => [event(after)] };
};

export const assignedTo =
  ({ agentId, queue = '' }: Target): CaseStep =>
  (current, ctx) => {
    refuseUnless(openStatuses, caseNotOpen, current);
    return agentId ? toAgent(current, agentId, ctx) : toQueue(current, queue, ctx);
  };

export const resolvedWith =
  (resolution: string | null): CaseStep =>
  async (current, { now, store }) => {
    refuseUnless(openStatuses, caseNotOpen, current);
    const left = current.checklist.filter(({ done, required }) => required && !done);
    if (left.length) throw caseChecklistOpen(`To be done first: ${left.map(({ text }) => text).join(', ')}.`);
    const [involved, customer, { hours }] = await Promise.all([
      readHolder(store, current),
      customerOf(current, store),
      readTerms(store, current),
    ]);
    const fields = { status: 'resolved', resolvedAt: now, resolution, queuedAt: null, watchedSince: now } as const;
    const request = customer ? await ratingRequest({ ...current, ...fields }, customer, store) : [];
    const { workingSeconds } = secondsOf({ ...current, ...fields }, hours, now);
    const late = current.sla.breached.includes('resolution');
    return { fields, involved, also: after => [eventOf(caseResolved, after, { workingSeconds, late }), ...request] };
  };

/** the cases that a case names must exist, and none is above itself */
type Named = Pick<z.output<typeof CaseFields>, 'linked' | 'attributes'> & { parentId?: Case['parentId'] | undefined };

const checkNamed = async ({ id }: Pick<Case, 'id'>, { parentId, linked = [] }: Named, store: Store) => {
  const found = await store.getByIds(cases, linked);
  const missing = linked.findIndex(one => one === id || !found.some(other => other.id === one));
  if (missing >= 0) throw invalid([{ path: `linked.${missing}`, message: 'is not another case' }]);
  for (let above = parentId; above; ) {
    if (above === id) throw invalid([{ path: 'parentId', message: 'is the case itself, or a part of it' }]);
    const parent = await store.get(cases, { id: above });
    if (!parent) throw invalid([{ path: 'parentId', message: `does not exist: ${above}` }]);
    above = parent.parentId;
  }
};

export const checkFields = async (one: Pick<Case, 'id' | 'typeId'>, patch: Named, store: Store) => {
  await checkNamed(one, patch, store);
  if (!patch.attributes || !one.typeId) return;
  const type = await store.get(caseTypes, { id: one.typeId });
  const faults = type ? attributeFaults(type, patch.attributes) : [];
  if (faults.length) throw invalid(faults);
};

/** other due times, where another policy applies now; what was missed stays missed */
const promised = async (current: Case, patched: Case, ctx: Ctx) => {
  if (!current.classifiedFor || !openStatuses.includes(current.status)) return current.sla;
  const { policy, hours } = await policyOf(patched, await customerOf(current, ctx.store), ctx);
  if ((policy?.id ?? null) === current.sla.policyId) return current.sla;
  return dueTimes(current.sla, policy, hours, current.createdAt);
};

export const changedTo =
  (patch: CasePatch): CaseStep =>
  async (current, ctx) => {
    const merged = mergePatch(fieldsOf(CasePatch, current), patch) as Json;
    const given = Object.keys(patch).map(name => [name, merged[name] ?? null] as const);
    const changed = given.filter(([name, value]) => !isSameJson(current[name as keyof Case] as never, value as never));
    if (!changed.length) return {};
    const fields: Partial<Case> = Object.fromEntries(changed);
    await checkFields(current, fields, ctx.store);
    const sla = await promised(current, { ...current, ...fields }, ctx);
    return {
      fields: { ...fields, sla },
      also: after => [eventOf(caseChanged, after, { fields: changed.map(([name]) => name) })],
    };
  };

export const tagged =
  (tag: string): CaseStep =>
  (current, ctx) =>
    changedTo({ tags: [...new Set([...current.tags, tag])] })(current, ctx);

export const higher = (priority: Case['priority']) => {
  const from = priority ?? 'normal';
  return casePriorities[casePriorities.indexOf(from) + 1] ?? from;
};

/** what was promised stays as it is */
export const raised: CaseStep = current => ({
  fields: { priority: higher(current.priority) },
  also: after => [eventOf(caseChanged, after, { fields: ['priority'] })],
});

export type Escalating = { on: 'warning' | 'breach'; clock: 'firstResponse' | 'nextResponse' | 'resolution' };

export const teamNotified =
  (team: string, { on, clock }: Escalating): CaseStep =>
  () => ({ also: after => [eventOf(caseTeamNotified, after, { team, on, clock })] });
