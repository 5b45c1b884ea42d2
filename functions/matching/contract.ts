import * as z from 'zod';
import { customerCreated, customerRemoved, customerUpdated } from '../../events/customer.ts';
import { duplicateConfirmed } from '../../events/duplicate.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { customerMerged, customerRestored, customerUnmerged } from '../../events/merge.ts';
import { Customer } from '../customers/customer.ts';
import { customerErased, customerNotFound } from '../customers/errors.ts';
import { Duplicate, states } from '../merging/duplicate.ts';
import { mergeUnderWay, tooManyIdentifiers } from '../merging/errors.ts';
import { Choices } from '../merging/merge.ts';
import { on, page, paging, route, work } from '../shared/http/contract.ts';
import { JobReport } from '../shared/jobs/job.ts';
import { duplicateClosed, duplicateDecided, duplicateNotFound } from './errors.ts';
import { MatchingRules, MatchingSettings } from './settings.ts';

export const about = 'Two records of one customer are found, and merged by a person or automatically.';

const State = z.enum(states);

const decided = [duplicateNotFound, duplicateDecided, duplicateClosed];

export const routes = {
  readMatchingSettings: route('GET /v1/settings/matching', {
    summary: 'Read when two records are listed as duplicates, and when they are merged automatically',
    scope: 'settings.read',
    reply: MatchingSettings,
  }),
  changeMatchingSettings: route('PUT /v1/settings/matching', {
    summary: 'Set when two records are listed as duplicates, and when they are merged automatically',
    scope: 'settings.write',
    body: MatchingRules,
    reply: MatchingSettings,
    example: { autoMerge: 0.99, review: 0.5 },
  }),
  listDuplicates: route('GET /v1/duplicates', {
    summary: 'List pairs of records that are probably of one customer, the most probable first',
    scope: 'merge.read',
    query: z.strictObject({ state: State.default('open'), ...paging }),
    reply: page(Duplicate),
  }),
  readDuplicate: route('GET /v1/duplicates/{id}', {
    summary: 'Read a duplicate with both records, side by side',
    scope: 'merge.read',
    reply: Duplicate.extend({
      records: z
        .array(Customer.nullable())
        .describe('the two as they are now, in the order of `customers`; null where one was erased'),
      differences: z
        .array(z.object({ attribute: z.string(), values: z.array(z.unknown()) }))
        .describe('the attributes that differ, with the values of both, in the same order'),
      stays: CustomerId.nullable().describe('the record that stays when it is accepted; null where it cannot be'),
    }),
    errors: [duplicateNotFound],
  }),
  listDuplicatesOf: route('GET /v1/customers/{id}/duplicates', {
    summary: 'List the duplicates of a customer. A page may hold fewer than `limit`: continue with its cursor',
    scope: 'merge.read',
    query: z.strictObject({ state: State.optional(), ...paging }),
    reply: page(Duplicate),
    errors: [customerNotFound, customerErased],
  }),
  acceptDuplicate: route('POST /v1/duplicates/{id}/accept', {
    summary:
      'Merge the two records. Unless `into` says otherwise, the one stays that more records were merged into, else the older',
    scope: 'merge.write',
    body: z.strictObject({
      into: CustomerId.optional(),
      choices: Choices.describe('which record provides the value, by attribute').optional(),
    }),
    reply: Duplicate.extend({ into: CustomerId, mergeId: idOf('merge') }),
    errors: [...decided, mergeUnderWay, tooManyIdentifiers],
    example: { choices: { phone: 'from' } },
  }),
  rejectDuplicate: route('POST /v1/duplicates/{id}/reject', {
    summary: 'Reject a duplicate: it is not proposed again until the identity of one of the records changes',
    scope: 'merge.write',
    reply: Duplicate,
    errors: decided,
  }),
  searchDuplicates: route('POST /v1/duplicates/search', {
    summary:
      'Search all customers once for duplicates, such as after a change of the settings: see `GET /v1/jobs/{id}`. A search that is running is returned instead',
    scope: 'merge.write',
    reply: JobReport,
    status: 202,
  }),
};

export const subscriptions = {
  keepDuplicates: on(
    [customerCreated, customerUpdated, customerRemoved, customerMerged, customerUnmerged, customerRestored],
    'finds duplicates of new customers and after changes of identity, and closes those that no longer look alike',
  ),
  mergeDuplicates: on(
    [duplicateConfirmed],
    'merges two records that are almost certainly of one customer, where the settings allow it and nothing contradicts',
  ),
};

export const works = {
  'find-duplicates': work('searches for duplicates'),
};
