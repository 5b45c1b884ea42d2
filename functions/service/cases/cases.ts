import {
  caseClosed,
  caseNoted,
  caseOpened,
  caseQueued,
  caseReplied,
  caseResolved,
  caseResumed,
} from '../../../events/case.ts';
import { contactUnidentified } from '../../../events/customer.ts';
import { customerById, customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { invalid, isProblem } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { emit, eventOf } from '../../shared/store/changes.ts';
import { listParts } from '../../shared/store/record-page.ts';
import { type Changed, changeById, having, readById } from '../../shared/store/records.ts';
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
import { type Case, type CaseMessage, caseMessages, caseStatuses, cases, messageParts } from './case.ts';
import {
  assignedCase,
  changeCase,
  closedCase,
  heldStatuses,
  holderOf,
  newCase,
  newMessage,
  openStatuses,
  readHolder,
  refuseUnless,
  reopenedCase,
} from './case-changes.ts';
import { answerMessage, ratingRequest } from './case-emails.ts';
import { caseRoutes } from './case-routes.ts';

type Sender = { customerId?: string | undefined; from?: { email: string } | undefined };

const senderOf = async (store: Store, { customerId, from }: Sender): Promise<Case['customerId']> => {
  if (customerId && from) throw invalid([{ path: 'from', message: 'give either customerId or from' }]);
  if (customerId) return (await needCustomer(store, customerId)).id;
  if (!from) throw invalid([{ path: 'customerId', message: 'give customerId or from' }]);
  return ((await customerIdByEmail(store, from.email)) ?? null) as Case['customerId'];
};

const assignToAgent = async (before: Case, agentId: string, { now, store }: Ctx): Promise<Changed<Case>> => {
  const to = await store.need(agents, { id: agentId });
  if (holderOf(before) === to.id) return { after: before, changes: [] };
  if (to.load >= to.capacity) throw agentFull(`${to.name} already has ${to.load} of ${to.capacity} cases.`);
  return assignedCase(now, before, { to, from: await readHolder(store, before), how: 'manual' });
};

const assignToQueue = async (before: Case, queue: string, { now, store }: Ctx): Promise<Changed<Case>> => {
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
const repliedByAgent = (now: string, before: Case): Changed<Case> => {
  const sla = { ...before.sla, firstRespondedAt: before.sla.firstRespondedAt ?? now };
  if (!heldStatuses.includes(before.status)) return changeCase(now, before, { sla });
  return changeCase(now, before, { status: 'waiting', sla: paused(sla, now) });
};

/** The customer wrote: a waiting case goes on, a resolved or closed one is reopened. */
const repliedByCustomer = async (before: Case, { now, store }: Ctx): Promise<Changed<Case>> => {
  if (before.status === 'resolved' || before.status === 'closed') return reopenedCase(now, before, 'customer');
  if (before.status !== 'waiting') return { after: before, changes: [] };
  const { calendarId } = before.sla;
  const hours = (calendarId && (await store.get(calendars, { id: calendarId }))) || null;
  const sla = resumed(before.sla, hours, now);
  const { after, changes } = changeCase(now, before, { status: 'assigned', sla, watchedSince: now });
  const { resolutionDueAt } = sla;
  return { after, changes: [...changes, eventOf(caseResumed, after, { resolutionDueAt })] };
};

/** a change with the message that it comes with, and the event of the reply */
const withReply = (
  now: string,
  { after, changes }: Changed<Case>,
  fields: Pick<CaseMessage, 'body' | 'actor'> & { kind: 'inbound' | 'reply' },
) => {
  const { message, change } = newMessage(now, after, fields);
  const from = fields.kind === 'inbound' ? ('customer' as const) : ('agent' as const);
  const replied = eventOf(caseReplied, after, { from, messageId: message.id });
  return { message, after, changes: [...changes, change, replied] };
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
      ? eventOf(caseOpened, after)
      : emit(contactUnidentified, { about: id, data: { contact, source: 'case' } });
    try {
      return await store.commit([...changes, event], after);
    } catch (error) {
      // two ids in a trillion have the same number: the next attempt has another id
      throw isProblem(error, caseNumberTaken) ? new VersionConflict('number taken', { cause: error }) : error;
    }
  },
  findCases: async ({ query: { number, status, queue, agentId, customerId, ...paging } }, { store }) => {
    const keep = having<Case>({ status, queue, agentId, customerId });
    if (number !== undefined) {
      const found = await store.getBy(cases, 'number', number.trim().toUpperCase());
      return { items: found && keep(found) ? [found] : [], nextCursor: null };
    }
    if (customerId) return store.belonging(cases, customerId, { ...paging, keep });
    if (agentId) return store.list(cases, 'agent', agentId, { ...paging, keep });
    return store.list(cases, 'status', status ?? [...caseStatuses], { ...paging, keep });
  },
  readCase: readById(cases),
  readThread: listParts(cases, caseMessages, messageParts),
  replyToCase: changeById(cases, async (before, { body, from }, ctx) => {
    const { now, actor, store } = ctx;
    if (from === 'customer') {
      const sender = before.customerId ? `customer:${before.customerId}` : actor;
      return withReply(now, await repliedByCustomer(before, ctx), { kind: 'inbound', body, actor: sender });
    }
    refuseUnless([...openStatuses, 'resolved'], caseNotOpen, before);
    const { message, after, changes } = withReply(now, repliedByAgent(now, before), { kind: 'reply', body, actor });
    const answer = await answerMessage(before, await customerOf(before, store), store, message);
    return { after, changes: [...changes, ...answer] };
  }),
  noteOnCase: changeById(cases, (found, { body }, { now, actor }) => {
    const { message, change } = newMessage(now, found, { kind: 'note', body, actor });
    return { after: found, changes: [change, eventOf(caseNoted, found, { messageId: message.id })] };
  }),
  assignCase: changeById(cases, (before, { agentId, queue = '' }, ctx) => {
    refuseUnless(openStatuses, caseNotOpen, before);
    return agentId ? assignToAgent(before, agentId, ctx) : assignToQueue(before, queue, ctx);
  }),
  resolveCase: changeById(cases, async (before, { resolution = null }, { now, store }) => {
    refuseUnless(openStatuses, caseNotOpen, before);
    const [holder, customer] = await Promise.all([readHolder(store, before), customerOf(before, store)]);
    const sla = { ...before.sla, pausedAt: null };
    const fields = { status: 'resolved', resolvedAt: now, resolution, queuedAt: null, sla, watchedSince: now } as const;
    const { after, changes } = changeCase(now, before, fields, holder);
    const request = customer ? await ratingRequest(after, customer, store) : [];
    return { after, changes: [...changes, eventOf(caseResolved, after), ...request] };
  }),
  reopenCase: changeById(cases, (before, { reason }, { now, actor }) => {
    const { after, changes } = reopenedCase(now, before, 'agent');
    const note = reason ? [newMessage(now, before, { kind: 'note', body: reason, actor }).change] : [];
    return { after, changes: [...changes, ...note] };
  }),
  closeCase: changeById(cases, (before, _, { now }) => {
    refuseUnless(['resolved'], caseNotResolved, before);
    return closedCase(now, before, 'manual');
  }),
  /** the other case gets a note with the text of this one, which keeps its messages */
  mergeCase: changeById(cases, async (before, body, { now, store, actor }) => {
    const into = await store.need(cases, { id: body.into });
    if (into.id === before.id) throw caseMergeIntoItself();
    for (const one of [before, into]) refuseUnless([...openStatuses, 'resolved'], caseNotOpen, one);
    const { id, number, customerId, subject, description } = before;
    if (into.customerId !== customerId) throw caseOtherCustomer(`Case ${into.number} belongs to another customer.`);
    const fields = { status: 'closed', closedAt: now, mergedInto: into.id, queuedAt: null } as const;
    const { after, changes } = changeCase(now, before, fields, await readHolder(store, before));
    const note = `Merged from ${number} (${id}): ${[subject, description].filter(Boolean).join('\n\n')}`;
    const { change } = newMessage(now, into, { kind: 'note', body: note, actor });
    return { after, changes: [...changes, change, eventOf(caseClosed, after, { reason: 'merged' })] };
  }),
});
