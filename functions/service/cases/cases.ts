import type * as z from 'zod';
import { caseClosed, caseNoted, caseOpened, caseResolved } from '../../../events/case.ts';
import { contactUnidentified } from '../../../events/customer.ts';
import { customerById, customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { invalid, isProblem } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Change, emit, eventOf, put, updated } from '../../shared/store/changes.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import { type Changed, changeById, having, readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { calendars } from '../desk/business-calendar.ts';
import { needAgent, readQueues } from '../desk/read-desk.ts';
import {
  agentFull,
  caseMergeIntoItself,
  caseNotOpen,
  caseNotResolved,
  caseNumberTaken,
  caseOtherCustomer,
  queueNotFound,
} from '../errors.ts';
import { answered, secondsOf, type Terms } from '../routing/sla.ts';
import { absorbed } from './absorb-case.ts';
import { type Case, caseMessages, cases, messageParts, pileOf, piles } from './case.ts';
import {
  assignedCase,
  caseChanges,
  changeCase,
  closedCase,
  heldStatuses,
  holderOf,
  newCase,
  newMessage,
  openStatuses,
  readHolder,
  readTerms,
  refuseUnless,
  reopenedCase,
  requeuedCase,
} from './case-changes.ts';
import { answerMessage, ratingRequest } from './case-emails.ts';
import { isPresent, repliedByCustomer, survivorOf, withReply } from './case-replies.ts';
import { caseRoutes } from './case-routes.ts';

type Sender = { customerId?: string | undefined; from?: { email: string } | undefined };

const senderOf = async (store: Store, { customerId, from }: Sender): Promise<Case['customerId']> => {
  if (customerId && from) throw invalid([{ path: 'from', message: 'give either customerId or from' }]);
  if (customerId) return (await needCustomer(store, customerId)).id;
  if (!from) throw invalid([{ path: 'customerId', message: 'give customerId or from' }]);
  return ((await customerIdByEmail(store, from.email)) ?? null) as Case['customerId'];
};

const assignToAgent = async (before: Case, agentId: string, { now, store }: Ctx): Promise<Changed<Case>> => {
  const to = await needAgent(store, agentId);
  if (holderOf(before) === to.id) return { after: before, changes: [] };
  if (to.load >= to.capacity) throw agentFull(`${to.name} already has ${to.load} of ${to.capacity} cases.`);
  const [from, terms] = await Promise.all([readHolder(store, before), readTerms(store, before)]);
  return assignedCase(now, before, { to, from, terms, how: 'manual' });
};

const assignToQueue = async (before: Case, queue: string, { now, store }: Ctx): Promise<Changed<Case>> => {
  if (!(await readQueues(store)).some(({ id }) => id === queue)) throw queueNotFound();
  // a case that is not classified yet is queued by its routing
  if (before.status === 'new' || before.status === 'reopened') return changeCase(now, before, { queue });
  const [from, terms] = await Promise.all([readHolder(store, before), readTerms(store, before)]);
  return requeuedCase(now, before, { from, terms, queue });
};

/** A reply goes to the customer, and a held case waits for the answer; a resolved case stays resolved. */
const repliedByAgent = (now: string, before: Case, terms: Terms): Changed<Case> => {
  const status = heldStatuses.includes(before.status) ? 'waiting' : before.status;
  return changeCase(now, before, { status, sla: answered(before.sla, now) }, { terms });
};

/** a case with what decides about its merge */
const timed = async (one: Case, store: Store) => {
  const [holder, { hours }] = await Promise.all([readHolder(store, one), readTerms(store, one)]);
  return { one, hours, holder, present: await isPresent(holder, store) };
};

/** more are copied in transactions before that of the merge */
const mostAtOnce = 60;

const copyMessages = async ({ id }: Case, into: Case, store: Store): Promise<Change[]> => {
  const messages = everyRecord(store, caseMessages, ['case', id], { within: messageParts });
  const copies = await Array.fromAsync(messages, message => put(caseMessages, { ...message, caseId: into.id }));
  const failures = await store.commitAll(copies.slice(mostAtOnce).map(copy => [copy]));
  for (const failure of failures) if (failure) throw failure;
  return copies.slice(0, mostAtOnce);
};

const customerOf = ({ customerId }: Case, store: Store) => (customerId ? customerById(store, customerId) : undefined);

/** cases with the time that they were worked on and paused until now */
const atThisTime = async (all: Case[], { now, store }: Ctx) => {
  const ids = [...new Set(all.flatMap(({ sla }) => sla.calendarId ?? []))];
  const found = await Promise.all(ids.map(id => store.get(calendars, { id })));
  return all.map(one => {
    const hours = found.find(calendar => calendar?.id === one.sla.calendarId) ?? null;
    return { ...one, sla: { ...one.sla, ...secondsOf(one, hours, now) } };
  });
};

type Query = z.output<typeof caseRoutes.findCases.query>;

const casePage = async ({ number, status, queue, agentId, customerId, ...paging }: Query, store: Store) => {
  const keep = having<Case>({ status, queue, agentId, customerId });
  if (number !== undefined) {
    const found = await store.getBy(cases, 'number', number.trim().toUpperCase());
    return { items: found && keep(found) ? [found] : [], nextCursor: null };
  }
  if (customerId) return store.belonging(cases, customerId, { ...paging, keep });
  if (agentId) return store.list(cases, 'agent', agentId, { ...paging, keep });
  return store.list(cases, 'pile', status ? pileOf(status) : [...piles], { ...paging, keep });
};

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
  findCases: async ({ query }, ctx) => {
    const page = await casePage(query, ctx.store);
    return { ...page, items: await atThisTime(page.items, ctx) };
  },
  readCase: async (request, ctx) => {
    const found = await readById(cases)(request, ctx);
    return (await atThisTime([found], ctx))[0]!;
  },
  replyToCase: changeById(cases, async (given, { body, from }, ctx) => {
    const { now, actor, store } = ctx;
    const before = await survivorOf(given, store);
    if (from === 'customer') {
      const sender = before.customerId ? `customer:${before.customerId}` : actor;
      return withReply(now, await repliedByCustomer(before, ctx), { kind: 'inbound', body, actor: sender });
    }
    refuseUnless([...openStatuses, 'resolved'], caseNotOpen, before);
    const terms = await readTerms(store, before);
    const { message, after, changes } = withReply(now, repliedByAgent(now, before, terms), {
      kind: 'reply',
      body,
      actor,
    });
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
    const [involved, customer, terms] = await Promise.all([
      readHolder(store, before),
      customerOf(before, store),
      readTerms(store, before),
    ]);
    const fields = { status: 'resolved', resolvedAt: now, resolution, queuedAt: null, watchedSince: now } as const;
    const { after, changes } = changeCase(now, before, fields, { involved, terms });
    const request = customer ? await ratingRequest(after, customer, store) : [];
    return { after, changes: [...changes, eventOf(caseResolved, after), ...request] };
  }),
  reopenCase: changeById(cases, async (before, { reason }, { now, actor, store }) => {
    const { after, changes } = reopenedCase(now, before, 'agent', await readTerms(store, before));
    const note = reason ? [newMessage(now, before, { kind: 'note', body: reason, actor }).change] : [];
    return { after, changes: [...changes, ...note] };
  }),
  closeCase: changeById(cases, (before, _, { now }) => {
    refuseUnless(['resolved'], caseNotResolved, before);
    return closedCase(now, before, 'manual');
  }),
  mergeCase: changeById(cases, async (before, body, { now, store, actor }) => {
    const into = await store.need(cases, { id: body.into });
    if (into.id === before.id) throw caseMergeIntoItself();
    for (const one of [before, into]) refuseUnless([...openStatuses, 'resolved'], caseNotOpen, one);
    const { id, number, customerId, subject } = before;
    if (into.customerId !== customerId) throw caseOtherCustomer(`Case ${into.number} belongs to another customer.`);
    const [from, to] = await Promise.all([timed(before, store), timed(into, store)]);
    const closing = { status: 'closed', closedAt: now, mergedInto: into.id, queuedAt: null } as const;
    const after = updated(now, before, closing);
    const { target, events } = absorbed(now, to, from);
    const note = newMessage(now, into, { kind: 'note', body: `Merged from ${number} (${id}): ${subject}`, actor });
    const steps = [
      { before, after },
      { before: into, after: target },
    ];
    const changes = caseChanges(now, steps, [...from.holder, ...to.holder]);
    const closed = eventOf(caseClosed, after, { reason: 'merged' });
    return {
      after,
      changes: [...changes, ...(await copyMessages(before, into, store)), note.change, closed, ...events],
    };
  }),
});
