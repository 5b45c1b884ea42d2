import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Instant, page, paging, route, stamps } from '../../shared/http/contract.ts';
import { CustomerRules } from '../settings.ts';
import { VerifiedBy } from './provenance.ts';
import { Method } from './said.ts';

const Rules = z.object({ ...CustomerRules.shape, version: z.int().min(0) });

const origin = {
  source: z.string(),
  observedAt: Instant,
  age: z.string().describe('since then, in days'),
  verifiedAt: Instant.nullable(),
  verifiedBy: VerifiedBy.nullable(),
  method: z.string().nullable(),
  confidence: z.number().describe('reliability × 2^(-age / half-life); see the decisions'),
};

/** One attribute of a customer and what is known of its value. */
const Known = z.object({
  attribute: z.string(),
  value: z.unknown().describe('null where there is none; ••• where you may not see it'),
  ...origin,
  stale: z.boolean().describe('older than the freshness asked of the attribute'),
  others: z
    .array(z.object({ value: z.unknown(), ...origin, why: z.string().describe('why it does not stand') }))
    .describe('what was said otherwise'),
});

const KnownOfCustomer = z.object({ customerId: CustomerId, version: stamps.version, items: z.array(Known) });

const Conflict = z.object({ customerId: CustomerId, name: z.string(), conflicts: z.array(Known) });

export const attributeRoutes = {
  readCustomerRules: route('GET /v1/settings/sources', {
    summary: 'Whom you believe about your customers',
    scope: 'settings.read',
    reply: Rules,
  }),
  putCustomerRules: route('PUT /v1/settings/sources', {
    summary:
      'Say whom you believe: ranks and reliability of sources (api, customer, tracking:<write key>, import:<source>, or your own), and what decides between two values',
    scope: 'settings.admin',
    body: CustomerRules,
    reply: Rules,
    example: {
      strictAttributes: false,
      sources: [
        { source: 'erp', rank: 50, reliability: 0.95 },
        { source: 'tracking:*', rank: 10, reliability: 0.6 },
      ],
      survivorship: { order: ['verified', 'rank', 'recency'], attributes: { address: ['recency'] } },
      verifiedFor: 'P365D',
    },
  }),
  readProvenance: route('GET /v1/customers/{id}/provenance', {
    summary: 'Where each value of a customer comes from, how old and how sure it is, and what was said otherwise',
    scope: 'customers.read',
    reply: KnownOfCustomer,
  }),
  verifyCustomer: route('POST /v1/customers/{id}/verify', {
    summary: 'Note that values of a customer were verified; what was said otherwise is settled by that',
    scope: 'customers.write',
    body: z.strictObject({
      attributes: z.array(z.string().max(120)).min(1).max(50).describe('phone, address (all of it), attributes.plan'),
      by: VerifiedBy,
      method: Method,
      proof: z.json().optional().describe('kept on the timeline'),
    }),
    reply: KnownOfCustomer,
    example: { attributes: ['phone'], by: 'customer', method: 'code by SMS', proof: { callId: 'c-17' } },
  }),
  listConflicts: route('GET /v1/conflicts', {
    summary: 'Customers of whom something was said otherwise than it stands, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Conflict),
  }),
};
