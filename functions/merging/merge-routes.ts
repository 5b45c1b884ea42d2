import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Consent } from '../consent/consent.ts';
import { Customer } from '../customers/customer.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Choices, Merger } from './merger.ts';

const example = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

const Side = z.enum(['into', 'from']);

/** What a merger brings. */
const Merge = z.object({
  id: idOf('merge').nullable().describe('null for a dry run'),
  from: CustomerId,
  conflicts: z
    .array(z.object({ attribute: z.string(), into: z.unknown(), from: z.unknown(), wins: Side, why: z.string() }))
    .describe('attributes that both records have, which of the two values counts, and why'),
  filled: z.array(z.string()).describe('attributes that only the other record had'),
  moves: z
    .object({
      events: z.int(),
      identities: z.int(),
      lists: z.int(),
      records: z.record(z.string(), z.int()),
      more: z.boolean(),
    })
    .describe('what moves, counted up to a hundred; `more`: and more'),
  consents: z
    .array(z.object({ channel: Channel, topic: Topic, status: Consent.shape.status, by: Side }))
    .describe('what counts on each channel and topic: the later word; of two at once the one that withdraws'),
  dropped: z.array(z.string()).describe('addresses and numbers that the customer is found by, and written to no more'),
});

const Told = Merger.omit({ before: true, after: true, job: true }).extend({
  was: Customer.describe('the other record as it was'),
  unmergeable: z.boolean(),
  reason: z.string().nullable().describe('why it cannot be taken back'),
});

const unknown = ['customer.not-found', 'customer.erased'];

export const mergeRoutes = {
  mergeCustomer: route('POST /v1/customers/{id}/merge', {
    summary:
      'Merge another record of the same customer into this one; `dryRun` shows what would become of them. What belongs to the other is found here afterwards, of a history of many hundreds the last within seconds',
    scope: 'customers.write',
    body: z.strictObject({
      from: CustomerId,
      choices: Choices.describe(
        'whose value counts, by attribute: phone, address.postcode, attributes.size',
      ).optional(),
      why: z.array(z.string().trim().min(1).max(500)).max(20).describe('what speaks for it, for the record').optional(),
      dryRun: z.boolean().optional(),
    }),
    reply: Customer.extend({ merge: Merge }),
    errors: [
      ...unknown,
      'merge.same',
      'merge.kinds-differ',
      'merge.already-merged',
      'merge.under-way',
      'merge.too-many',
    ],
    example: { from: example, choices: { phone: 'from', 'address.postcode': 'into' }, dryRun: true },
  }),
  unmergeCustomer: route('POST /v1/customers/{id}/unmerge', {
    summary:
      'Take a record out again that was merged into this one, with what it brought; what happened since stays here',
    scope: 'customers.write',
    body: z.strictObject({ from: CustomerId }),
    reply: Customer,
    errors: [...unknown, 'unmerge.not-merged', 'unmerge.merged-elsewhere', 'unmerge.incomplete', 'merge.under-way'],
    example: { from: example },
  }),
  listMerges: route('GET /v1/customers/{id}/merges', {
    summary: 'The records that were merged into a customer, and whether they can be taken out again',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Told),
  }),
};
