import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Consent } from '../consent/consent.ts';
import { Customer } from '../customers/customer.ts';
import { page, paging, route, work } from '../shared/http/contract.ts';
import * as errors from './errors.ts';
import { Choices, Merge } from './merge.ts';

export const about = 'Two records of one customer are merged, and a merge is undone.';

const example = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

const Side = z.enum(['into', 'from']);

const MergePreview = z.object({
  id: idOf('merge').nullable().describe('null for a dry run'),
  from: CustomerId,
  conflicts: z
    .array(z.object({ attribute: z.string(), into: z.unknown(), from: z.unknown(), wins: Side, why: z.string() }))
    .describe('attributes for which both records have a value, which of the two counts, and why'),
  filled: z.array(z.string()).describe('attributes for which only the other record had a value'),
  moves: z
    .object({
      events: z.int(),
      identities: z.int(),
      lists: z.int(),
      records: z.record(z.string(), z.int()),
      more: z.boolean(),
    })
    .describe('what moves, counted up to a hundred; `more`: there is more'),
  consents: z
    .array(z.object({ channel: Channel, topic: Topic, status: Consent.shape.status, by: Side }))
    .describe('the consent on each channel and topic after the merge: the later; of two at once the withdrawal'),
  dropped: z
    .array(z.string())
    .describe('addresses and numbers that the customer is found by, and no longer contacted at'),
});

const MergeReport = Merge.omit({ before: true, after: true, job: true }).extend({
  was: Customer.describe('the other record before the merge'),
  unmergeable: z.boolean(),
  reason: z.string().nullable().describe('why it cannot be undone'),
});

const notFound = [errors.mergeSourceNotFound, errors.mergeSourceErased];

export const routes = {
  mergeCustomer: route('POST /v1/customers/{id}/merge', {
    summary:
      'Merge another record of the same customer into this one; `dryRun` previews it. Records of the other are moved here; the last of a history of many hundreds follow within seconds',
    scope: 'merge.write',
    body: z.strictObject({
      from: CustomerId,
      choices: Choices.describe(
        'which record provides the value, by attribute: phone, address.postcode, attributes.size',
      ).optional(),
      why: z.array(z.string().trim().min(1).max(500)).max(20).describe('the reasons, for the record').optional(),
      dryRun: z.boolean().optional(),
    }),
    reply: Customer.extend({ merge: MergePreview }),
    errors: [
      ...notFound,
      errors.sameCustomer,
      errors.kindsDiffer,
      errors.alreadyMerged,
      errors.mergeUnderWay,
      errors.tooManyIdentifiers,
    ],
    example: { from: example, choices: { phone: 'from', 'address.postcode': 'into' }, dryRun: true },
  }),
  unmergeCustomer: route('POST /v1/customers/{id}/unmerge', {
    summary: 'Undo a merge: restore the other record with what it brought; what happened since stays here',
    scope: 'merge.write',
    body: z.strictObject({ from: CustomerId }),
    reply: Customer,
    errors: [
      ...notFound,
      errors.notMerged,
      errors.mergedElsewhere,
      errors.incompleteAfterUnmerge,
      errors.mergeUnderWay,
    ],
    example: { from: example },
  }),
  listMerges: route('GET /v1/customers/{id}/merges', {
    summary: 'List the records that were merged into a customer, and whether each merge can be undone',
    scope: 'merge.read',
    query: z.strictObject(paging),
    reply: page(MergeReport),
  }),
};

export const works = {
  merge: work('moves the records of a merged customer'),
  unmerge: work('moves records back to an unmerged customer'),
};
