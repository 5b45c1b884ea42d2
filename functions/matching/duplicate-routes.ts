import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Customer } from '../customers/customer.ts';
import { Choices } from '../merging/merger.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { JobReport } from '../shared/jobs/job.ts';
import { Duplicate, states } from './duplicate.ts';
import { MatchingRules, MatchingSettings } from './settings.ts';

const State = z.enum(states);

const decided = ['duplicate.not-found', 'duplicate.decided', 'duplicate.closed'];

export const duplicateRoutes = {
  readMatchingSettings: route('GET /v1/settings/matching', {
    summary: 'When two records are taken for one customer',
    scope: 'settings.read',
    reply: MatchingSettings,
  }),
  changeMatchingSettings: route('PUT /v1/settings/matching', {
    summary: 'Set when two records are shown as duplicates, and when they are merged unasked',
    scope: 'settings.write',
    body: MatchingRules,
    reply: MatchingSettings,
    example: { autoMerge: 0.99, review: 0.5 },
  }),
  listDuplicates: route('GET /v1/duplicates', {
    summary: 'Two records each that are probably of one customer, the likeliest first',
    scope: 'customers.read',
    query: z.strictObject({ state: State.default('open'), ...paging }),
    reply: page(Duplicate),
  }),
  readDuplicate: route('GET /v1/duplicates/{id}', {
    summary: 'A duplicate with both records, side by side',
    scope: 'customers.read',
    reply: Duplicate.extend({
      records: z
        .array(Customer.nullable())
        .describe('the two as they are now, in the order of `customers`; null where one was erased'),
      differences: z
        .array(z.object({ attribute: z.string(), values: z.array(z.unknown()) }))
        .describe('where they are not the same: the values of both, in the same order'),
      stays: CustomerId.nullable().describe('the record that stays when it is accepted; null where it cannot be'),
    }),
    errors: ['duplicate.not-found'],
  }),
  listDuplicatesOf: route('GET /v1/customers/{id}/duplicates', {
    summary: 'The duplicates of a customer. A page may hold fewer than asked for: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject({ state: State.optional(), ...paging }),
    reply: page(Duplicate),
    errors: ['customer.not-found', 'customer.erased'],
  }),
  acceptDuplicate: route('POST /v1/duplicates/{id}/accept', {
    summary:
      'Two records are one customer: merges them. Unless `into` says which stays, it is the one that stands for more records already, else the older',
    scope: 'customers.write',
    body: z.strictObject({
      into: CustomerId.optional(),
      choices: Choices.describe('whose value counts, by attribute').optional(),
    }),
    reply: Duplicate.extend({ into: CustomerId, mergeId: idOf('merge') }),
    errors: [...decided, 'merge.under-way', 'merge.too-many'],
    example: { choices: { phone: 'from' } },
  }),
  rejectDuplicate: route('POST /v1/duplicates/{id}/reject', {
    summary: 'Two records are two customers: not proposed again until one of them says it is somebody else',
    scope: 'customers.write',
    reply: Duplicate,
    errors: decided,
  }),
  searchDuplicates: route('POST /v1/duplicates/search', {
    summary:
      'Look through all customers once, for what is from before or was found under other settings: `GET /v1/jobs/{id}` tells how far it is. While one search runs, it is that one',
    scope: 'customers.write',
    reply: JobReport,
    status: 202,
  }),
};
