import * as z from 'zod';
import {
  activityChanged,
  activityRecorded,
  activityRemoved,
  taskCancelled,
  taskCompleted,
} from '../../events/activity.ts';
import { caseDiscarded, caseNoted, caseOpened, caseRated, caseReplied, caseResolved } from '../../events/case.ts';
import { commitmentBroken, commitmentFulfilled, commitmentMade, commitmentWithdrawn } from '../../events/commitment.ts';
import { documentChanged, documentCreated, documentRemoved } from '../../events/document.ts';
import { CustomerId } from '../../events/ids.ts';
import { needChanged, needRecorded, needRemoved } from '../../events/need.ts';
import { Instant, on, page, paging, route } from '../shared/http/contract.ts';
import { Acquaintance } from './acquaintance.ts';
import { kindNames } from './kind-names.ts';

export const about = 'The corporate memory: one search through what was written down of customers, whoever wrote it.';

const Kind = z.enum(kindNames);

const FoundText = z.object({
  kind: Kind,
  id: z.string().describe('of the activity, case, document …'),
  messageId: z.string().optional().describe('what was written on the case, where that is what was found'),
  customerId: CustomerId.nullable(),
  at: Instant,
  by: z.string().nullable().describe('who wrote it'),
  title: z.string(),
  excerpt: z.string().describe('of the title where the words stand only there'),
  marks: z
    .array(z.tuple([z.int(), z.int()]))
    .describe('where in the excerpt the words stand: from and to, in UTF-16 units'),
});

const kindsAsked = z
  .string()
  .transform(list => list.split(','))
  .pipe(z.array(Kind));

export const routes = {
  listPeople: route('GET /v1/customers/{id}/staff-contacts', {
    summary: 'Who of the staff had to do with a customer, by the latest 2,000 events of its timeline; the latest first',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(Acquaintance),
      complete: z.boolean().describe('the whole timeline was looked at'),
    }),
  }),
  searchTexts: route('GET /v1/search', {
    summary:
      'Activities, notes, cases and what was written on them, documents (by name and description), needs and commitments that hold all the words, in any of their forms, latest first; words in quotes one after the other. What the caller may not read is not found. A page may hold fewer than asked for: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject({
      q: z.string().trim().min(1, 'is empty').max(300),
      in: kindsAsked.optional().describe('kinds, with commas between them: all that the caller may read unless said'),
      customerId: CustomerId.optional(),
      ...paging,
    }),
    reply: page(FoundText),
    errors: ['search.not-allowed', 'customer.not-found', 'customer.erased'],
  }),
};

export const subscriptions = {
  fileText: on(
    [
      activityRecorded,
      activityChanged,
      activityRemoved,
      taskCompleted,
      taskCancelled,
      documentCreated,
      documentChanged,
      documentRemoved,
      needRecorded,
      needChanged,
      needRemoved,
      commitmentMade,
      commitmentFulfilled,
      commitmentBroken,
      commitmentWithdrawn,
      caseOpened,
      caseReplied,
      caseNoted,
      caseResolved,
      caseRated,
      caseDiscarded,
    ],
    'files what was written under its words, anew when it has changed, and takes it out when it is no more',
  ),
};
