import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { customerErased, customerNotFound } from '../../customers/errors.ts';
import { mergeUnderWay } from '../../merging/errors.ts';
import { Instant, page, paging, route } from '../../shared/http/contract.ts';
import { customerOnHold, holdNotFound, holdPast } from '../errors.ts';
import { Receipt } from './erasure.ts';
import { LegalHold } from './legal-hold.ts';

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
      'Erase a customer permanently. The record is empty at once and replies 410; all its other data is erased by a job. The erasure shows the progress and becomes the receipt. Repeated, the request replies with the same erasure',
    scope: 'privacy.write',
    body: z.strictObject({
      reason: reason.describe('who requested it, for the record; names of the customer are removed'),
    }),
    reply: Receipt,
    status: 202,
    errors: [customerNotFound, customerOnHold, mergeUnderWay],
    example: { reason: 'the customer asked for it on 12 November (ticket 4711)' },
  }),
  listErasures: route('GET /v1/erasures', {
    summary: 'List erasures, newest first',
    scope: 'privacy.read',
    query: z.strictObject(paging),
    reply: page(Receipt),
  }),
  readErasure: route('GET /v1/erasures/{id}', {
    summary: 'Read an erasure: its progress and, once it is done, its signed receipt',
    scope: 'privacy.read',
    reply: Receipt,
  }),
  listErasureKeys: route('GET /v1/erasures/keys', {
    summary: 'Read the public key that verifies receipts, as a JSON Web Key Set',
    auth: 'none',
    reply: z.object({ keys: z.array(PublicKey) }),
  }),
  placeLegalHold: route('PUT /v1/customers/{id}/hold', {
    summary: 'Place a legal hold on a customer: it cannot be erased while the hold is in force',
    scope: 'privacy.write',
    body: z.strictObject({ reason, until: Instant.optional() }),
    reply: LegalHold,
    errors: [customerNotFound, customerErased, holdPast],
    example: { reason: 'lawsuit 4711', until: '2027-11-30T00:00:00.000Z' },
  }),
  readLegalHold: route('GET /v1/customers/{id}/hold', {
    summary: 'Read the legal hold on a customer',
    scope: 'privacy.read',
    reply: LegalHold,
    errors: [holdNotFound],
  }),
  liftLegalHold: route('DELETE /v1/customers/{id}/hold', {
    summary: 'Lift the legal hold on a customer and on the records that were merged into it',
    scope: 'privacy.write',
    reply: z.object({ id: CustomerId, lifted: z.int() }),
    errors: [holdNotFound],
  }),
};
