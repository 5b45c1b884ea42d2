import * as z from 'zod';
import { caseRated } from '../../../events/case.ts';
import { CaseId } from '../../../events/ids.ts';
import { env } from '../../shared/aws/env.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { readToken, signedToken } from '../../shared/http/signed-link.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { caseAlreadyRated, linkInvalid } from '../errors.ts';
import { cases } from './case.ts';
import { changeCase } from './case-changes.ts';
import { ratingRoutes } from './case-routes.ts';
import { pageHeaders, ratingPage } from './rating-page.ts';

const RatingClaims = z.object({ purpose: z.literal('rating'), tenant: z.string(), caseId: CaseId });

export const ratingUrl = async (tenant: string, caseId: z.output<typeof CaseId>, now: string) =>
  `${env.publicUrl()}/v1/satisfaction/${await signedToken({ purpose: 'rating', tenant, caseId }, now)}`;

/** the case of a link, and the store of its tenant; refuses with 404 an invalid link */
const readRatedCase = async (token: string, ctx: Ctx) => {
  const claims = await readToken(RatingClaims, token, ctx);
  if (!claims) throw linkInvalid();
  const { store, now } = ctx.as(claims.tenant, `case:${claims.caseId}`);
  return { store, now, before: await store.need(cases, { id: claims.caseId }) };
};

export const ratingHandlers = handlers(ratingRoutes, {
  showSatisfactionPage: async ({ params: { token = '' } }, ctx) => {
    const { before } = await readRatedCase(token, ctx);
    return new Reply(200, ratingPage(before), pageHeaders);
  },
  rateCase: async ({ params: { token = '' }, body: { score, comment } }, ctx) => {
    const { store, now, before } = await readRatedCase(token, ctx);
    if (before.satisfaction) throw caseAlreadyRated(`Case ${before.number} has already been rated.`);
    const rating = { score, comment: comment || null };
    const satisfaction = { ...rating, at: now };
    const { after, changes } = changeCase(now, before, { satisfaction });
    const rated = eventOf(caseRated, after, { ...rating, agentId: before.knownBy });
    return store.commit([...changes, rated], satisfaction);
  },
});
