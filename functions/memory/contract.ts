import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { customerErased, customerNotFound } from '../customers/errors.ts';
import { problem } from '../shared/http/api-error.ts';
import { Instant, on, page, paging, route } from '../shared/http/contract.ts';
import { indexingEvents, kinds } from './searchable-records.ts';

export const about = 'The corporate memory: one search through all texts that were written about customers.';

export const searchNotAllowed = problem(
  'forbidden',
  'search.not-allowed',
  'The token lacks the scope for one of the requested kinds.',
);

const Kind = z.enum(kinds);

const FoundText = z.object({
  kind: Kind,
  id: z.string().describe('id of the activity, case, document …'),
  messageId: z.string().optional().describe('id of the case message that matches'),
  customerId: CustomerId.nullable(),
  at: Instant,
  by: z.string().nullable().describe('who wrote it'),
  title: z.string(),
  excerpt: z.string().describe('of the title if only the title matches'),
  marks: z.array(z.tuple([z.int(), z.int()])).describe('the matches in the excerpt: from and to, in UTF-16 units'),
});

const StaffContact = z.object({
  actor: z.string(),
  events: z.int().describe('events of the timeline by this user'),
  contacts: z.int().describe('how many of them were contact with the customer'),
  firstAt: Instant,
  lastAt: Instant,
  lastContactAt: Instant.nullable(),
  last: z.object({ type: z.string(), about: z.string() }),
});

export const routes = {
  listStaffContacts: route('GET /v1/customers/{id}/staff-contacts', {
    summary: 'List the staff who dealt with a customer, latest first, from the latest 2,000 events of its timeline',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(StaffContact),
      complete: z.boolean().describe('whether the whole timeline was read'),
    }),
  }),
  searchTexts: route('GET /v1/search', {
    summary:
      'Search activities, cases and their messages, documents (name and description), needs and commitments for texts with all the words in any form, latest first; words in quotes match in sequence. Only what the caller may read is found. A page may be short: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject({
      q: z.string().trim().min(1, 'is empty').max(300),
      in: z
        .string()
        .transform(list => list.split(','))
        .pipe(z.array(Kind))
        .optional()
        .describe('kinds, separated by commas; all that the caller may read by default'),
      customerId: CustomerId.optional(),
      ...paging,
    }),
    reply: page(FoundText),
    errors: [searchNotAllowed, customerNotFound, customerErased],
  }),
};

export const subscriptions = {
  indexText: on(
    indexingEvents,
    'indexes a text under its words when it is written or changed, and removes deleted ones',
  ),
};
