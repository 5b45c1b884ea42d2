import * as z from 'zod';
import { caseCompensated, caseOpened, caseSplit } from '../../../events/case.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { timelineEntry } from '../../customers/timeline.ts';
import { teamsOfUser } from '../../organisation/reads.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, Instant } from '../../shared/http/contract.ts';
import { type Change, eventOf, put } from '../../shared/store/changes.ts';
import { listedDecisions } from '../../shared/store/decision.ts';
import { entity } from '../../shared/store/entity.ts';
import { allEvents, is } from '../../shared/store/filters.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import { changeById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';
import { caseTypes } from '../desk/case-type.ts';
import { macros } from '../desk/macro.ts';
import { caseCompensationTooHigh, caseNotSplit, caseReplyUnknown, macroNotFound } from '../errors.ts';
import { type Case, caseMessages, cases } from './case.ts';
import { newCase, newMessage, openStatuses } from './case-changes.ts';
import { type CaseStep, changedTo, inOneCommit, noted } from './case-parts.ts';
import { snoozed } from './case-timers.ts';
import { caseWorkRoutes, PresenceState } from './case-work-routes.ts';
import { stepsOf } from './run-actions.ts';

const userOf = ({ actor }: Pick<Ctx, 'actor'>) => actor.replace(/^user:/, '');

/** longer than it takes a client to tell it again */
const presentFor = 'PT2M';

const StoredPresence = z.object({
  caseId: z.string(),
  userId: z.string(),
  state: PresenceState,
  since: Instant,
  until: Instant,
});

/** who has a case open */
export const casePresences = entity('case-presence', StoredPresence, {
  onErase: 'not-personal',
  key: ({ caseId, userId }: { caseId: string; userId: string }) => ({ of: ['case-presence', caseId], part: userId }),
  expires: ({ until }) => until,
});

/** what the caller may grant for a case at most, in the currency of the amount; without limits: nothing is limited */
const limitFor = async ({ typeId }: Case, currency: string, ctx: Ctx) => {
  const type = typeId ? await ctx.store.get(caseTypes, { id: typeId }) : undefined;
  if (!type?.compensation.length) return Number.POSITIVE_INFINITY;
  const teams = await teamsOfUser(ctx.store, userOf(ctx));
  const own = type.compensation.filter(({ team, max }) => max.currency === currency && (!team || teams.includes(team)));
  return Math.max(0, ...own.map(({ max }) => max.amount));
};

type Amount = Case['compensations'][number]['amount'];

const compensated =
  (amount: Amount, reason: string): CaseStep =>
  async (current, ctx) => {
    const limit = await limitFor(current, amount.currency, ctx);
    const granted = current.compensations.filter(one => one.amount.currency === amount.currency);
    const sum = granted.reduce((total, one) => total + one.amount.amount, amount.amount);
    if (amount.amount <= 0) throw invalid([{ path: 'amount.amount', message: 'must be more than 0' }]);
    if (sum > limit) {
      const message = `You may grant ${limit} ${amount.currency} for this case in all, in minor units; with this it would be ${sum}.`;
      throw caseCompensationTooHigh(message, { extra: { limit: { amount: limit, currency: amount.currency } } });
    }
    const grant = { amount, reason, by: ctx.actor, at: ctx.now };
    return {
      fields: { compensations: [...current.compensations, grant] },
      also: after => [eventOf(caseCompensated, after, { amount, reason })],
    };
  };

/** what is left of the scheduled replies */
const withoutReply = ({ scheduledReplies }: Case, id: string) => {
  const left = scheduledReplies.filter(one => one.id !== id);
  if (left.length === scheduledReplies.length) throw caseReplyUnknown();
  return left;
};

const messagesOf = async (one: Case, ids: string[], store: Store) => {
  const found = await Promise.all(ids.map(id => store.get(caseMessages, { caseId: one.id, id })));
  const messages = found.flatMap(message => message ?? []);
  if (messages.length < ids.length) throw caseNotSplit();
  return messages.toSorted((a, b) => (a.at < b.at ? -1 : 1));
};

const mostCases = 100;

export const caseWorkHandlers = handlers(caseWorkRoutes, {
  changeCase: changeById(cases, (before, patch, ctx) => inOneCommit(before, [changedTo(patch)], ctx)),
  runMacro: changeById(cases, async (before, { id }, ctx) => {
    if (!(await ctx.store.get(macros, { id }))) throw macroNotFound();
    return inOneCommit(before, await stepsOf([{ macro: id }], ctx.store), ctx);
  }),
  snoozeCase: changeById(cases, (before, { until }, ctx) => inOneCommit(before, [snoozed(until)], ctx)),
  splitCase: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store, actor } = ctx;
    const before = await store.need(cases, { id });
    const { subject, messageIds = [], description, type = before.type } = body;
    const messages = await messagesOf(before, messageIds, store);
    const { channel, language, productId, assetId, customerId, from } = before;
    const taken = Object.entries({ language, productId, assetId, from, description }).filter(([, value]) => value);
    const own = { subject, type, channel, automatic: true, linked: [before.id] };
    const fields = { ...own, ...(Object.fromEntries(taken) as Partial<typeof own>) };
    const { after, changes } = newCase(now, { fields, customerId, actor });
    const copies = messages.map(
      ({ kind, body, actor, letter }) => newMessage(now, after, { kind, body, actor, letter }).change,
    );
    const split: CaseStep = ({ linked }) => ({
      fields: { linked: [...linked, after.id] },
      also: whole => [eventOf(caseSplit, whole, { into: after.id, messages: messages.length })],
    });
    const text = `Split into ${after.number} (${after.id}): ${subject}`;
    const whole = await inOneCommit(before, [split, noted(text)], ctx);
    const opened: Change[] = customerId ? [eventOf(caseOpened, after)] : [];
    return store.commit([...whole.changes, ...changes, ...copies, ...opened], after);
  },
  followCase: changeById(cases, (before, { follow }, ctx) => {
    const user = userOf(ctx);
    const others = before.followers.filter(one => one !== user);
    const followers = follow ? [...others, user] : others;
    if (followers.length === before.followers.length) return { after: before, changes: [] };
    if (followers.length > mostCases)
      throw invalid([{ path: 'follow', message: `${mostCases} follow the case, which is the limit` }]);
    return inOneCommit(before, [() => ({ fields: { followers } })], ctx);
  }),
  compensate: changeById(cases, (before, { amount, reason }, ctx) =>
    inOneCommit(before, [compensated(amount, reason)], ctx),
  ),
  cancelScheduledReply: async ({ params: { id = '', replyId = '' } }, ctx) => {
    const before = await ctx.store.need(cases, { id });
    const scheduledReplies = withoutReply(before, replyId);
    const { after, changes } = await inOneCommit(before, [() => ({ fields: { scheduledReplies } })], ctx);
    return ctx.store.commit(changes, after);
  },
  putCasePresence: async ({ params: { id = '' }, body: { state } }, ctx) => {
    const { now, store } = ctx;
    const { version } = await store.need(cases, { id });
    const userId = userOf(ctx);
    const present = await Array.fromAsync(everyRecord(store, casePresences, ['case-presence', id]));
    const own = present.find(one => one.userId === userId);
    const since = own?.state === state && own.until > now ? own.since : now;
    await store.commit([put(casePresences, { caseId: id, userId, state, since, until: plus(now, presentFor) })]);
    return { version, others: present.filter(one => one.userId !== userId && one.until > now) };
  },
  listCaseDecisions: async ({ params: { id = '' }, query }, { store }) => {
    const { customerId, createdAt } = await store.need(cases, { id });
    if (!customerId) return { items: [], nextCursor: null };
    return listedDecisions(store, customerId, query, { cause: id, since: createdAt });
  },
  readCaseHistory: async ({ params: { id = '' }, query }, { store }) => {
    const { customerId, createdAt } = await store.need(cases, { id });
    const of: [string, string] = customerId ? ['customer', customerId] : ['case', id];
    const within = { ...allEvents, from: `${allEvents.from}${createdAt}` };
    const { items, nextCursor } = await store.range(of, { ...query, within, filter: is('about', id) });
    return { items: items.map(timelineEntry), nextCursor };
  },
  readServiceHistory: async ({ params: { id = '' } }, { store }) => {
    const customer = await activeCustomer(store, id);
    const { items } = await store.belonging(cases, customer.id, { limit: mostCases });
    const scores = items.flatMap(({ satisfaction }) => satisfaction?.score ?? []);
    const open = items.filter(({ status }) => openStatuses.includes(status));
    return {
      cases: items.length,
      open: open.length,
      complaints: items.filter(({ type }) => type === 'complaint').length,
      missed: items.filter(({ sla, legalMissed }) => sla.breached.length || legalMissed).length,
      ratings: {
        count: scores.length,
        average: scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null,
      },
      compensations: items.flatMap(one => one.compensations.map(given => ({ caseId: one.id, ...given }))),
      agents: [...new Set(items.flatMap(({ agentId }) => agentId ?? []))],
      promised: open.flatMap(({ id: caseId, sla, legalDueAt }) =>
        [
          { caseId, what: 'resolution', dueAt: sla.resolutionDueAt },
          { caseId, what: 'legal', dueAt: legalDueAt },
        ].flatMap(one => (one.dueAt ? [{ ...one, dueAt: one.dueAt }] : [])),
      ),
    };
  },
});
