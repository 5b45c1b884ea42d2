import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Instant, page, paging, route, stamps } from '../../shared/http/contract.ts';
import { confidentialAttribute } from '../errors.ts';
import { SourceRules } from '../settings.ts';
import { VerifiedBy } from './provenance.ts';
import { Method } from './writing.ts';

const StoredRules = z.object({ ...SourceRules.shape, version: z.int().min(0) });

const origin = {
  source: z.string(),
  observedAt: Instant,
  age: z.string().describe('days since then'),
  verifiedAt: Instant.nullable(),
  verifiedBy: VerifiedBy.nullable(),
  method: z.string().nullable(),
  confidence: z.number().describe('reliability × 2^(-age / half-life); see the decisions'),
};

const DescribedValue = z.object({
  attribute: z.string(),
  value: z.unknown().describe('null if it has no value; ••• if you may not see it'),
  ...origin,
  stale: z.boolean().describe('older than the freshness that its definition requires'),
  others: z
    .array(z.object({ value: z.unknown(), ...origin, why: z.string().describe('why it does not apply') }))
    .describe('conflicting values'),
});

const DescribedCustomer = z.object({ customerId: CustomerId, version: stamps.version, items: z.array(DescribedValue) });

const Conflict = z.object({ customerId: CustomerId, name: z.string(), conflicts: z.array(DescribedValue) });

export const attributeRoutes = {
  readCustomerRules: route('GET /v1/settings/sources', {
    summary: 'Read source priorities, reliability and conflict rules',
    scope: 'settings.read',
    reply: StoredRules,
  }),
  putCustomerRules: route('PUT /v1/settings/sources', {
    summary:
      'Set source priorities, reliability and conflict rules. Sources: api, customer, tracking:<write key>, import:<source>, or your own',
    scope: 'settings.admin',
    body: SourceRules,
    reply: StoredRules,
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
    summary: 'Read the origin, age and confidence of each value of a customer, and the conflicting values',
    scope: 'customers.read',
    reply: DescribedCustomer,
  }),
  verifyCustomer: route('POST /v1/customers/{id}/verify', {
    summary: 'Record that values of a customer were verified; this resolves their conflicts',
    scope: 'customers.write',
    body: z.strictObject({
      attributes: z.array(z.string().max(120)).min(1).max(50).describe('phone, address (all of it), attributes.plan'),
      by: VerifiedBy,
      method: Method,
      proof: z.json().optional().describe('stored on the timeline'),
    }),
    reply: DescribedCustomer,
    errors: [confidentialAttribute],
    example: { attributes: ['phone'], by: 'customer', method: 'code by SMS', proof: { callId: 'c-17' } },
  }),
  listConflicts: route('GET /v1/conflicts', {
    summary: 'List the customers with conflicting values, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Conflict),
  }),
};
