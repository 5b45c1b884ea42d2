import { type Handler, Reply } from '../../shared/http/contract.ts';
import type { routes } from '../contract.ts';
import { cases } from './case.ts';
import { ratedIn } from './rating-token.ts';
import { pageHeaders, ratingPage } from './satisfaction-page.ts';

export const showSatisfactionPage: Handler<typeof routes.showSatisfactionPage> = async (
  { params: { token = '' } },
  ctx,
) => {
  const { tenant, caseId } = await ratedIn(token, ctx);
  const found = await ctx.as(tenant, `case:${caseId}`).store.need(cases, { id: caseId });
  return new Reply(200, ratingPage(found), pageHeaders);
};
