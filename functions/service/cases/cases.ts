import { caseClosed, caseNoted, caseQueued, caseReplied, caseResolved, caseResumed } from '../../../events/case.ts';
import { contactUnidentified } from '../../../events/customer.ts';
import { customerById, customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { invalid, isProblem } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { emit, eventOf } from '../../shared/store/changes.ts';
import { revive } from '../../shared/store/entity.ts';
import { readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { agents } from '../desk/agent.ts';
import { calendars } from '../desk/business-calendar.ts';
import { readQueues } from '../desk/read-desk.ts';
import {
  agentFull,
  caseMergeIntoItself,
  caseNotOpen,
  caseNotResolved,
  caseNumberTaken,
  caseOtherCustomer,
  queueNotFound,
} from '../errors.ts';
import { paused, resumed } from '../routing/sla.ts';
import { type Case, caseMessages, caseStatuses, cases, messageParts } from './case.ts';
import {
  assignedCase,
  type Changed,
  changeCase,
  closedCase,
  heldStatuses,
  holderOf,
  newMessage,
  openStatuses,
  readHolder,
  refuseUnless,
  reopenedCase,
} from './case-changes.ts';
import { answerMessage, ratingRequest } from './case-emails.ts';
import { caseRoutes } from './case-routes.ts';
import { newCase, openedEvent } from './new-case.ts';
import { ratingUrl } from './ratings.ts';

type Sender = { customerId?: string | undefined; from?: { email: string } | undefined };

const senderOf = async (store: Store, { customerId, from }: Sender): Promise<Case['customerId']> => {
  if (customerId && from) throw invalid([{ path: 'from', message: 'give either customerId or from' }]);
  if (customerId) return (await needCustomer(store, customerId)).id;
  if (!from) throw invalid([{ path: 'customerId', message: 'give customerId or from' }]);
  return ((await customerIdByEmail(store, from.email)) ?? null) as Case['customerId'];
};

const assignToAgent = async (before: Case, agentId: string, { now, store }: Ctx): Promise<Changed> => {
  const to = await store.need(agents, { id: agentId });
  if (holderOf(before) === to.id) return { after: before, changes: [] };
  if (to.load >= to.capacity) throw agentFull(`${to.name} already has ${to.load} of ${to.capacity} cases.`);
  return assignedCase(now, before, { to, from: await readHolder(store, before), how: 'manual' });
};

const assignToQueue = async (before: Case, queue: string, { now, store }: Ctx): Promise<Changed> => {
  if (!(await readQueues(store)).some(({ id }) => id === queue)) throw queueNotFound();
  const from = await readHolder(store, before);
  // a case that is not classified yet is queued by its routing
  const status = before.status === 'new' || before.status === 'reopened' ? before.status : 'queued';
  const queuedAt = status === 'queued' ? (before.queuedAt ?? now) : null;
  const { after, changes } = changeCase(now, before, { status, queue, agentId: null, queuedAt }, from);
  if (status !== 'queued') return { after, changes };
  return { after, changes: [...changes, eventOf(caseQueued, after, { queue, previousAgentId: from[0]?.id ?? null })] };
};

/** A reply goes to the customer, and a held case waits for the answer; a resolved case stays resolved. */
const repliedByAgent = (now: string, before: Case): Changed => {
  const sla = { ...before.sla, firstRespondedAt: before.sla.firstRespondedAt ?? now };
  if (!heldStatuses.includes(before.status)) return changeCase(now, before, { sla });
  return changeCase(now, before, { status: 'waiting', sla: paused(sla, now) });
};

/** The customer wrote: a waiting case goes on, a resolved or closed one is reopened. */
const repliedByCustomer = async (before: Case, { now, store }: Ctx): Promise<Changed> => {
  if (before.status === 'resolved' || before.status === 'closed') return reopenedCase(now, before, 'customer');
  if (before.status !== 'waiting') return { after: before, changes: [] };
  const { calendarId } = before.sla;
  const hours = (calendarId && (await store.get(calendars, { id: calendarId }))) || null;
  const sla = resumed(before.sla, hours, now);
  const { after, changes } = changeCase(now, before, { status: 'assigned', sla, watchedSince: now });
  const { resolutionDueAt } = sla;
  return { after, changes: [...changes, eventOf(caseResumed, after, { resolutionDueAt })] };
};

const customerOf = ({ customerId }: Case, store: Store) => (customerId ? customerById(store, customerId) : undefined);

export const caseHandlers = handlers(caseRoutes, {
  openCase: async ({ body }, { now, store, actor }) => {
    const customerId = await senderOf(store, body);
    const { after, changes } = newCase(now, { fields: body, customerId, actor });
    const { id, from } = after;
    // an unknown sender becomes a customer first; the case is opened when that has happened
    const contact = { email: from?.email, name: from?.name };
    const event = customerId
      ? openedEvent(after)
      : emit(contactUnidentified, { about: id, data: { contact, source: 'case' } });
    try {
      return await store.commit([...changes, event], after);
    } catch (error) {
      // two ids in a trillion have the same number: the next attempt has another id
      throw isProblem(error, caseNumberTaken) ? new VersionConflict('number taken', { cause: error }) : error;
    }
  },
  findCases: async ({ query }, { store }) => {
    const { number, status, queue, agentId, customerId, ...paging } = query;
    const wanted = Object.entries({ status, queue, agentId, customerId }).filter(([, value]) => value !== undefined);
    const keep = (one: Case) => wanted.every(([field, value]) => one[field as keyof Case] === value);
    if (number !== undefined) {
      const id = await store.holder(cases, 'number', number.trim().toUpperCase());
      const found = id && (await store.get(cases, { id }));
      return { items: found && keep(found) ? [found] : [], nextCursor: null };
    }
    if (customerId) return store.belonging(cases, customerId, { ...paging, keep });
    if (agentId) return store.list(cases, 'agent', agentId, { ...paging, keep });
    return store.list(cases, 'status', status ?? [...caseStatuses], { ...paging, keep });
  },
  readCase: readById(cases),
  readThread: async ({ params: { id = '' }, query }, { store }) => {
    await store.need(cases, { id });
    const { items, nextCursor } = await store.range(['case', id], { ...query, within: messageParts });
    return { items: items.map(item => revive(caseMessages, item)), nextCursor };
  },
  replyToCase: async ({ params: { id = '' }, body: { body, from } }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(cases, { id });
    if (from === 'customer') {
      const actor = before.customerId ? `customer:${before.customerId}` : ctx.actor;
      const { message, change } = newMessage(now, before, { kind: 'inbound', body, actor });
      const { after, changes } = await repliedByCustomer(before, ctx);
      const replied = eventOf(caseReplied, after, { from, messageId: message.id });
      return store.commit([...changes, change, replied], after);
    }
    refuseUnless([...openStatuses, 'resolved'], caseNotOpen, before);
    const { message, change } = newMessage(now, before, { kind: 'reply', body, actor: ctx.actor });
    const { after, changes } = repliedByAgent(now, before);
    const replied = eventOf(caseReplied, after, { from, messageId: message.id });
    const sent = answerMessage(before, await customerOf(before, store), message);
    return store.commit([...changes, change, replied, ...sent], after);
  },
  noteOnCase: async ({ params: { id = '' }, body: { body } }, { now, store, actor }) => {
    const found = await store.need(cases, { id });
    const { message, change } = newMessage(now, found, { kind: 'note', body, actor });
    return store.commit([change, eventOf(caseNoted, found, { messageId: message.id })], found);
  },
  assignCase: async ({ params: { id = '' }, body: { agentId, queue = '' } }, ctx) => {
    const before = await ctx.store.need(cases, { id });
    refuseUnless(openStatuses, caseNotOpen, before);
    const { after, changes } = await (agentId
      ? assignToAgent(before, agentId, ctx)
      : assignToQueue(before, queue, ctx));
    return ctx.store.commit(changes, after);
  },
  resolveCase: async ({ params: { id = '' }, body: { resolution = null } }, { now, store, tenant }) => {
    const before = await store.need(cases, { id });
    refuseUnless(openStatuses, caseNotOpen, before);
    const [holder, customer] = await Promise.all([readHolder(store, before), customerOf(before, store)]);
    const sla = { ...before.sla, pausedAt: null };
    const fields = { status: 'resolved', resolvedAt: now, resolution, queuedAt: null, sla, watchedSince: now } as const;
    const { after, changes } = changeCase(now, before, fields, holder);
    const request = customer ? ratingRequest(after, customer, await ratingUrl(tenant, before.id, now)) : [];
    return store.commit([...changes, eventOf(caseResolved, after), ...request], after);
  },
  reopenCase: async ({ params: { id = '' }, body: { reason } }, { now, store, actor }) => {
    const before = await store.need(cases, { id });
    const { after, changes } = reopenedCase(now, before, 'agent');
    const note = reason ? [newMessage(now, before, { kind: 'note', body: reason, actor }).change] : [];
    return store.commit([...changes, ...note], after);
  },
  closeCase: async ({ params: { id = '' } }, { now, store }) => {
    const before = await store.need(cases, { id });
    refuseUnless(['resolved'], caseNotResolved, before);
    const { after, changes } = closedCase(now, before, 'manual');
    return store.commit(changes, after);
  },
  /** the other case gets a note with the text of this one, which keeps its messages */
  mergeCase: async ({ params: { id = '' }, body }, { now, store, actor }) => {
    const [before, into] = await Promise.all([store.need(cases, { id }), store.need(cases, { id: body.into })]);
    if (into.id === before.id) throw caseMergeIntoItself();
    for (const one of [before, into]) refuseUnless([...openStatuses, 'resolved'], caseNotOpen, one);
    const { number, customerId, subject, description } = before;
    if (into.customerId !== customerId) throw caseOtherCustomer(`Case ${into.number} belongs to another customer.`);
    const fields = { status: 'closed', closedAt: now, mergedInto: into.id, queuedAt: null } as const;
    const { after, changes } = changeCase(now, before, fields, await readHolder(store, before));
    const note = `Merged from ${number} (${id}): ${[subject, description].filter(Boolean).join('\n\n')}`;
    const { change } = newMessage(now, into, { kind: 'note', body: note, actor });
    return store.commit([...changes, change, eventOf(caseClosed, after, { reason: 'merged' })], after);
  },
});
