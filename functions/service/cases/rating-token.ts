import * as z from 'zod';
import { CaseId } from '../../../events/ids.ts';
import { env } from '../../shared/aws/env.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { readToken, signedToken } from '../../shared/http/signed-link.ts';

const Rated = z.object({ purpose: z.literal('rating'), tenant: z.string(), caseId: CaseId });

/** the link under which a customer rates one case */
export const ratingUrl = async (tenant: string, caseId: z.output<typeof CaseId>, now: string) =>
  `${env.publicUrl()}/v1/satisfaction/${await signedToken({ purpose: 'rating', tenant, caseId }, now)}`;

/** what a link is for; refuses with 404 what is not one of ours */
export const ratedIn = async (token: string, ctx: Ctx) => {
  const rated = await readToken(Rated, token, ctx);
  if (!rated) throw new ApiError('missing', 'link.invalid', 'this link is not valid');
  return rated;
};
