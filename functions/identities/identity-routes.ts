import * as z from 'zod';
import { Identity } from '../customers/identity.ts';
import { Instant, lists, route } from '../shared/http/contract.ts';
import { identityNotFound } from './errors.ts';

const Shown = Identity.omit({ released: true });

export const identityRoutes = {
  listIdentities: route('GET /v1/customers/{id}/identities', {
    summary: 'List the devices and user ids that trackers know a customer by, and which of them are only claimed',
    scope: 'customers.read',
    ...lists(Shown),
  }),
  releaseIdentity: route('DELETE /v1/customers/{id}/identities/{type}/{value}', {
    summary:
      'Take an identity from a customer. What is tracked under it from now on goes to a record of its own; what was tracked before stays on the customer’s timeline',
    scope: 'customers.write',
    reply: Shown,
    errors: [identityNotFound],
  }),
  createIdentitySecret: route('POST /v1/settings/identity-proof', {
    summary:
      'Make or replace the secret that proves user ids: `context.proof` of a call is the HMAC-SHA256 of its userId, in hex. It is shown only in this reply; proofs by the one before are taken for a day',
    scope: 'settings.admin',
    reply: z.object({ secret: z.string(), createdAt: Instant }),
    status: 201,
  }),
};
