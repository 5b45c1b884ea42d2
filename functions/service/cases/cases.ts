import type * as z from 'zod';
import { caseClosed, caseOpened } from '../../../events/case.ts';
import { contactUnidentified } from '../../../events/customer.ts';
import { calendars } from '../../assignment/business-calendar.ts';
import { customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { invalid, isProblem } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Change, emit, eventOf, put, updated } from '../../shared/store/changes.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import { changeById, having, readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { caseTypes } from '../desk/case-type.ts';
import { caseMergeIntoItself, caseNotOpen, caseNotResolved, caseNumberTaken, caseOtherCustomer } from '../errors.ts';
import { secondsOf } from '../routing/sla.ts';
import { absorbed } from './absorb-case.ts';
import { type Case, caseMessages, cases, messageParts, pileOf, piles } from './case.ts';
import {
  caseChanges,
  closedCase,
  newCase,
  newMessage,
  openStatuses,
  readHolder,
  readTerms,
  refuseUnless,
  reopenedCase,
} from './case-changes.ts';
import type { CaseFields } from './case-fields.ts';
import { assignedTo, checkFields, inOneCommit, noted, replied, resolvedWith } from './case-parts.ts';
import { isPresent, repliedByCustomer, survivorOf, withReply } from './case-replies.ts';
import { caseRoutes } from './case-routes.ts';
import { replyScheduled } from './case-timers.ts';

type Sender = { customerId?: string | undefined; from?: { email: string } | undefined };

const senderOf = async (store: Store, { customerId, from }: Sender): Promise<Case['customerId']> => {
  if (customerId && from) throw invalid([{ path: 'from', message: 'give either customerId or from' }]);
  if (customerId) return (await needCustomer(store, customerId)).id;
  if (!from) throw invalid([{ path: 'customerId', message: 'give customerId or from' }]);
  return ((await customerIdByEmail(store, from.email)) ?? null) as Case['customerId'];
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

/** cases with the time that they were worked on and paused until now */
const atThisTime = async (all: Case[], { now, store }: Ctx) => {
  const ids = [...new Set(all.flatMap(({ sla }) => sla.calendarId ?? []))];
  const found = await Promise.all(ids.map(id => store.get(calendars, { id })));
  return all.map(one => {
    const hours = found.find(calendar => calendar?.id === one.sla.calendarId) ?? null;
    return { ...one, sla: { ...one.sla, ...secondsOf(one, hours, now) } };
  });
};

/** the case type of a new case; its fields are those that the case must have */
const typeOf = async (store: Store, { typeId, type }: z.output<typeof CaseFields>) => {
  const found = typeId ? await store.get(caseTypes, { id: typeId }) : undefined;
  if (typeId && !found) throw invalid([{ path: 'typeId', message: `the case type ${typeId} does not exist` }]);
  if (found && found.type !== type) {
    throw invalid([{ path: 'typeId', message: `is for cases of the type ${found.type}, not ${type}` }]);
  }
  return found;
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
    const [customerId, type] = await Promise.all([senderOf(store, body), typeOf(store, body)]);
    const { after, changes } = newCase(now, { fields: body, customerId, actor, type });
    await checkFields(after, body, store);
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
  replyToCase: changeById(cases, async (given, { body, from, at }, ctx) => {
    const { now, actor, store } = ctx;
    const before = await survivorOf(given, store);
    if (from === 'customer') {
      const sender = before.customerId ? `customer:${before.customerId}` : actor;
      return withReply(now, await repliedByCustomer(before, ctx), { kind: 'inbound', body, actor: sender });
    }
    return inOneCommit(before, [at && at > now ? replyScheduled(body, at) : replied(body)], ctx);
  }),
  noteOnCase: changeById(cases, (found, { body }, ctx) => inOneCommit(found, [noted(body)], ctx)),
  assignCase: changeById(cases, (before, body, ctx) => inOneCommit(before, [assignedTo(body)], ctx)),
  resolveCase: changeById(cases, (before, { resolution = null }, ctx) =>
    inOneCommit(before, [resolvedWith(resolution)], ctx),
  ),
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
    const wasOpen = openStatuses.includes(before.status);
    const closed = eventOf(caseClosed, after, { reason: 'merged', wasOpen });
    return {
      after,
      changes: [...changes, ...(await copyMessages(before, into, store)), note.change, closed, ...events],
    };
  }),
});
