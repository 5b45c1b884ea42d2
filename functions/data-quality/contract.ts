import * as z from 'zod';
import { taskCancelled, taskCompleted } from '../../events/activity.ts';
import { customerUpdated } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { messageBounced, messageFailed } from '../../events/message.ts';
import { customerVerified } from '../../events/provenance.ts';
import { Fixes } from '../lists/bulk/action.ts';
import { ValueChange } from '../lists/bulk/bulk-log.ts';
import { Instant, on, page, paging, route, work } from '../shared/http/contract.ts';
import { Doubt } from './hygiene/doubt.ts';
import { HygieneRules, HygieneSettings } from './hygiene/rules.ts';
import { Report } from './report/report.ts';
import { Starts } from './starts/starts.ts';

export const about = 'How good the record is: where values come from, what is stale, cleaning in bulk.';

const DoubtReport = Doubt.omit({ openedBy: true, version: true });

const Example = z.record(z.string(), z.unknown());

export const routes = {
  listFixes: route('GET /v1/cleaning/fixes', {
    summary: 'Every way to clean a record: what it does, with an example; POST /v1/bulk does it',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          does: z.string(),
          example: z.object({ before: Example, after: Example }),
          guesses: z.boolean().describe('it may be wrong about somebody: look at a preview first'),
        }),
      ),
    }),
  }),
  previewCleaning: route('POST /v1/cleaning/preview', {
    summary: 'What some fixes would change of the latest customers, before and after; nothing is changed',
    scope: 'customers.read',
    body: z.strictObject({ fixes: Fixes, sample: z.int().min(1).max(100).default(20) }),
    reply: z.object({
      looked: z.int(),
      dirty: z.int().describe('of these, with something to fix'),
      fixes: z.record(z.string(), z.int()).describe('how many values each fix would change'),
      items: z.array(z.object({ customerId: z.string(), changes: z.array(ValueChange.extend({ fix: z.string() })) })),
    }),
    example: { fixes: ['whitespace', 'name.case'], sample: 10 },
  }),
  readStarts: route('GET /v1/customers/{id}/starts', {
    summary: 'How shareable, transportable, accurate, relevant, timely and secured a record is, from 0 to 100, and why',
    scope: 'customers.read',
    reply: Starts.extend({ customerId: CustomerId }),
  }),
  startReport: route('POST /v1/quality/report', {
    summary: 'Measure all records; a job makes the report',
    scope: 'customers.read',
    reply: z.object({ jobId: z.string() }),
    status: 202,
    errors: ['quality.running'],
  }),
  readQuality: route('GET /v1/quality', {
    summary: 'The latest report on the quality of all records, and how it went before',
    scope: 'customers.read',
    reply: z.object({
      latest: Report.nullable(),
      trend: z.array(Report.pick({ id: true, at: true, customers: true, total: true, letters: true })),
    }),
  }),
  readHygieneRules: route('GET /v1/settings/hygiene', {
    summary: 'The rules by which what is known of customers is kept in order; suggestions, all off, until some are set',
    scope: 'settings.read',
    reply: HygieneSettings,
  }),
  putHygieneRules: route('PUT /v1/settings/hygiene', {
    summary: 'Say when what is known of customers is doubted, and what is done then',
    scope: 'settings.admin',
    body: HygieneRules,
    reply: HygieneSettings,
    example: {
      rules: [
        {
          id: 'contact-by-year',
          when: { stale: { attributes: ['phone', 'email'], olderThan: 'P365D' } },
          then: { task: { assignTo: '5f0c', dueIn: 'P14D' }, event: true },
          cooldown: 'P90D',
        },
        {
          id: 'email-bounced',
          when: { undeliverable: { channel: 'email' } },
          then: { task: {}, avoidChannel: true },
        },
      ],
      at: '02:00',
      timeZone: 'Asia/Singapore',
    },
  }),
  runHygiene: route('POST /v1/hygiene/run', {
    summary: 'Go through all customers by the rules now, without waiting for the night',
    scope: 'settings.admin',
    reply: z.object({ jobId: z.string() }),
    status: 202,
    errors: ['hygiene.no-rules'],
  }),
  readHygiene: route('GET /v1/hygiene', {
    summary: 'What the rules have open, rule by rule, and what the last run found',
    scope: 'customers.read',
    reply: z.object({
      rules: z.array(
        z.object({
          id: z.string().describe('`none`: what failed without a rule that asks'),
          active: z.boolean(),
          open: z.int(),
          more: z.boolean().describe('there are more than were counted'),
        }),
      ),
      lastRun: z
        .object({
          startedAt: Instant,
          finishedAt: Instant,
          looked: z.int(),
          settled: z.int(),
          rules: z.record(z.string(), z.object({ found: z.int(), opened: z.int(), heldBack: z.int() })),
        })
        .nullable(),
      nextRun: Instant.nullable(),
    }),
  }),
  listDoubts: route('GET /v1/hygiene/doubts', {
    summary: 'What a rule has open, latest first, customer by customer',
    scope: 'customers.read',
    query: z.strictObject({ rule: z.string().min(1).max(40), ...paging }),
    reply: page(DoubtReport),
  }),
  readDoubts: route('GET /v1/customers/{id}/doubts', {
    summary: 'What is, or was, to be verified of a customer',
    scope: 'customers.read',
    reply: z.object({ items: z.array(DoubtReport) }),
  }),
};

export const subscriptions = {
  doubtAddress: on(
    [messageBounced, messageFailed],
    'doubts the address or number that a message came back from, and has it verified where a rule wants that',
  ),
  settleDoubts: on(
    [customerUpdated, customerVerified, taskCancelled, taskCompleted],
    'settles what was doubted of a customer when it was verified or changed',
  ),
};

export const works = {
  hygiene: work('applies hygiene rules'),
  'quality-report': work('reports on data quality'),
};
