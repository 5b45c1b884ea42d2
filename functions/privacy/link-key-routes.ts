import * as z from 'zod';
import { Instant, route } from '../shared/http/contract.ts';

export const linkKeyRoutes = {
  createLinkKey: route('POST /v1/link-keys', {
    summary:
      'Make a new key for the links and tokens of customers; with `revoke` those that were made before are accepted no more, within ten seconds',
    scope: 'settings.admin',
    body: z.strictObject({ revoke: z.boolean().default(false).describe('also links in messages that were sent') }),
    reply: z.object({ id: z.string(), createdAt: Instant, accepted: z.array(z.string()) }),
    status: 201,
    example: { revoke: true },
  }),
};
