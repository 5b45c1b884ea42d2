import { needCustomer } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { isNot } from '../../shared/store/filters.ts';
import { recordPage } from '../../shared/store/record-page.ts';
import { caseNotFound } from '../errors.ts';
import { type Case, caseMessages, cases, messageParts } from './case.ts';
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

export const myCaseHandlers = handlers(myCaseRoutes, {
  listMyCases: async ({ query }, { store, me }) => store.belonging(cases, (await needCustomer(store, me)).id, query),
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
});
