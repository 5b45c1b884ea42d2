import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { env } from '../shared/aws/env.ts';
import type { Ctx } from '../shared/http/context.ts';
import { readToken, signedToken } from '../shared/http/signed-link.ts';

const Subscription = z.object({
  purpose: z.literal('unsubscribe'),
  tenant: z.string(),
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  messageId: z.string(),
});
export type Subscription = z.output<typeof Subscription>;

/** the link that ends what one message is part of */
export const unsubscribeUrl = async (subscription: Omit<Subscription, 'purpose'>, now: string): Promise<string> =>
  `${env.publicUrl()}/v1/unsubscribe/${await signedToken({ purpose: 'unsubscribe', ...subscription }, now)}`;

/** what a link is for, or undefined when it is not one of ours */
export const subscriptionIn = (token: string, ctx: Ctx) => readToken(Subscription, token, ctx);
