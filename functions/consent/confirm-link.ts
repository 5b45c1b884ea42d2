import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { env } from '../shared/aws/env.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { readToken, signedToken } from '../shared/http/signed-link.ts';

const Claims = z.object({
  purpose: z.literal('confirm-consent'),
  tenant: z.string(),
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  requestId: z.string(),
  until: Instant,
});
export type ConfirmClaims = z.output<typeof Claims>;

/** the link that confirms one request, and nothing else */
export const confirmUrl = async (claims: Omit<ConfirmClaims, 'purpose'>, now: string): Promise<string> =>
  `${env.publicUrl()}/v1/confirm-consent/${await signedToken({ purpose: 'confirm-consent', ...claims }, now)}`;

/** what a link confirms, or undefined when it is not one of ours */
export const confirmationIn = (token: string, ctx: Ctx) => readToken(Claims, token, ctx);
