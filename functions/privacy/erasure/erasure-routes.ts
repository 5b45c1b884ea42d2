import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Instant, page, paging, route } from '../../shared/http/contract.ts';
import { Receipt } from './erasure.ts';
import { Hold } from './hold.ts';

const reason = z.string().trim().min(1, 'is empty').max(500);

const PublicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
  kid: z.string(),
  x: z.string(),
});

export const erasureRoutes = {
  eraseCustomer: route('POST /v1/customers/{id}/erase', {
    summary:
      'Erase a customer for good: at once the record is empty and answers 410, then everything else that is kept of it goes; the erasure says how far that is and becomes the receipt. Asked again it answers with the same erasure',
    scope: 'customers.admin',
    body: z.strictObject({
      reason: reason.describe('on whose request, for the record; names of the customer are taken out'),
    }),
    reply: Receipt,
    status: 202,
    errors: ['customer.not-found', 'customer.on-hold', 'merge.under-way'],
    example: { reason: 'the customer asked for it on 12 November (ticket 4711)' },
  }),
  listErasures: route('GET /v1/erasures', {
    summary: 'Erasures, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Receipt),
  }),
  readErasure: route('GET /v1/erasures/{id}', {
    summary: 'Read an erasure: how far it is and, once it is done, its signed receipt',
    scope: 'customers.read',
    reply: Receipt,
  }),
  listErasureKeys: route('GET /v1/erasures/keys', {
    summary: 'The public key that receipts are signed with, as a JSON Web Key Set: for anybody who verifies one',
    auth: 'none',
    reply: z.object({ keys: z.array(PublicKey) }),
  }),
  holdCustomer: route('PUT /v1/customers/{id}/hold', {
    summary: 'Keep a customer from being erased, for as long as there is a duty to keep what is known of it',
    scope: 'customers.admin',
    body: z.strictObject({ reason, until: Instant.optional() }),
    reply: Hold,
    errors: ['customer.not-found', 'customer.erased', 'hold.past'],
    example: { reason: 'lawsuit 4711', until: '2027-11-30T00:00:00.000Z' },
  }),
  readHold: route('GET /v1/customers/{id}/hold', {
    summary: 'Read why and until when a customer must not be erased',
    scope: 'customers.read',
    reply: Hold,
    errors: ['hold.not-found'],
  }),
  releaseCustomer: route('DELETE /v1/customers/{id}/hold', {
    summary: 'Let a customer be erased again, and the records that were merged into it',
    scope: 'customers.admin',
    reply: z.object({ id: CustomerId, released: z.int() }),
    errors: ['hold.not-found'],
  }),
};
