import { caseClosed } from '../../../events/case.ts';
import { needCustomer } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { isNot } from '../../shared/store/filters.ts';
import { recordPage } from '../../shared/store/record-page.ts';
import { changeById } from '../../shared/store/records.ts';
import { caseNotFound, caseNotOpen, caseNotResolved } from '../errors.ts';
import { type Case, caseMessages, cases, messageParts, pileOf } from './case.ts';
import { changeCase, openStatuses, readHolder, readTerms, refuseUnless } from './case-changes.ts';
import { repliedByCustomer, withReply } from './case-replies.ts';
import { myCaseRoutes } from './case-routes.ts';
import { caseHandlers } from './cases.ts';

/** a case of the customer that calls; another customer's case does not exist for it */
const myCase = async ({ store, me }: Ctx, id = ''): Promise<Case> => {
  const [{ id: customerId }, found] = await Promise.all([needCustomer(store, me), store.get(cases, { id })]);
  if (found?.customerId !== customerId) throw caseNotFound();
  return found;
};

/** in the query of the table, so that a page is full without the internal notes */
const noNotes = isNot('kind', 'note');

/** whether a case has all of some words, in its number or what was written first */
const tells = (q: string) => {
  const words = q.toLowerCase().split(/\s+/);
  return ({ number, subject, description }: Case) => {
    const text = `${number} ${subject} ${description}`.toLowerCase();
    return words.every(word => text.includes(word));
  };
};

const closed = changeById(cases, async (before, _: object, { now, store }) => {
  refuseUnless([...openStatuses, 'resolved'], caseNotOpen, before);
  const [involved, terms] = await Promise.all([readHolder(store, before), readTerms(store, before)]);
  const fields = { status: 'closed', closedAt: now, queuedAt: null, watchedSince: now } as const;
  const { after, changes } = changeCase(now, before, fields, { involved, terms });
  return { after, changes: [...changes, eventOf(caseClosed, after, { reason: 'manual', mergedInto: null })] };
});

const reopened = changeById(cases, async (before, { reason: body }: { reason: string }, ctx) => {
  refuseUnless(['resolved', 'closed'], caseNotResolved, before);
  const actor = `customer:${before.customerId}`;
  return withReply(ctx.now, await repliedByCustomer(before, ctx), { kind: 'inbound', body, actor });
});

export const myCaseHandlers = handlers(myCaseRoutes, {
  listMyCases: async ({ query: { q, state, ...paging } }, { store, me }) => {
    const told = q ? tells(q) : () => true;
    const keep = (one: Case) => told(one) && (!state || pileOf(one.status) === state);
    return store.belonging(cases, (await needCustomer(store, me)).id, { ...paging, keep });
  },
  openMyCase: ({ body, ...request }, ctx) => {
    const fields = { ...body, customerId: ctx.me as never, channel: 'portal', automatic: false };
    return caseHandlers.openCase({ ...request, body: fields }, ctx);
  },
  readMyCase: ({ params: { id } }, ctx) => myCase(ctx, id),
  readMyThread: async ({ params: { id = '' }, query }, ctx) => {
    await myCase(ctx, id);
    const part = { ...query, within: messageParts, filter: noNotes };
    const { items, nextCursor } = await recordPage(ctx.store, caseMessages, ['case', id], part);
    const from = (kind: string) => (kind === 'inbound' ? ('me' as const) : ('company' as const));
    return { items: items.map(({ kind, ...message }) => ({ ...message, from: from(kind) })), nextCursor };
  },
  replyToMyCase: async ({ body, ...request }, ctx) => {
    await myCase(ctx, request.params.id);
    return caseHandlers.replyToCase({ ...request, body: { ...body, from: 'customer' } }, ctx);
  },
  reopenMyCase: async (request, ctx) => {
    await myCase(ctx, request.params.id);
    return reopened(request, ctx);
  },
  closeMyCase: async (request, ctx) => {
    await myCase(ctx, request.params.id);
    return closed(request, ctx);
  },
});
