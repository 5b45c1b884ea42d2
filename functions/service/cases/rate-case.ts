import { caseRated } from '../../../events/case.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { cases } from './case.ts';
import { changeCase } from './change-case.ts';
import { ratedIn } from './rating-token.ts';

export const rateCase: Handler<typeof routes.rateCase> = async ({ params: { token = '' }, body }, ctx) => {
  const { tenant, caseId } = await ratedIn(token, ctx);
  const { store, now } = ctx.as(tenant, `case:${caseId}`);
  const before = await store.need(cases, { id: caseId });
  if (before.satisfaction) throw new ApiError('conflict', 'case.rated', `case ${before.number} has been rated already`);
  const given = { score: body.score, comment: body.comment || null };
  const rating = { ...given, at: now };
  const { changes } = changeCase(now, before, { satisfaction: rating });
  const { number, customerId, knownBy } = before;
  const data = { number, agentId: knownBy, ...given };
  return store.commit([...changes, emit(caseRated, { customerId, about: caseId, data })], rating);
};
