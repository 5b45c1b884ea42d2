import * as z from 'zod';
import { Instant, page, paging, route, warning } from '../../shared/http/contract.ts';
import { noHygieneRules } from '../errors.ts';
import { DataIssue } from './data-issue.ts';
import { HygieneRules, HygieneSettings } from './rules.ts';

const IssueReport = DataIssue.omit({ openedBy: true, version: true });

/** how a rule fared in one run through all customers */
const RuleCounts = z.object({ found: z.int(), opened: z.int(), heldBack: z.int() });

export const Run = z.object({
  startedAt: Instant,
  looked: z.int(),
  resolved: z.int(),
  rules: z.record(z.string(), RuleCounts),
});
export type Run = z.output<typeof Run>;

export const FinishedRun = Run.extend({ finishedAt: Instant });
export type FinishedRun = z.output<typeof FinishedRun>;

export const hygieneRoutes = {
  readHygieneRules: route('GET /v1/settings/hygiene', {
    summary: 'Read the rules that keep customer data in order; until some are set, suggestions that are off',
    scope: 'settings.read',
    reply: HygieneSettings,
  }),
  putHygieneRules: route('PUT /v1/settings/hygiene', {
    summary: 'Set the rules that find data to be verified, and what is done about it',
    scope: 'settings.admin',
    body: HygieneRules,
    reply: warning(HygieneSettings),
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
    summary: 'Check all customers by the rules now, without waiting for the night',
    scope: 'settings.admin',
    reply: z.object({ jobId: z.string() }),
    status: 202,
    errors: [noHygieneRules],
  }),
  readHygiene: route('GET /v1/hygiene', {
    summary: 'Read the open data issues of each rule, and the results of the last run',
    scope: 'customers.read',
    reply: z.object({
      rules: z.array(
        z.object({
          id: z.string().describe('`none`: issues that no rule is about'),
          active: z.boolean(),
          open: z.int(),
          more: z.boolean().describe('there are more than were counted'),
        }),
      ),
      lastRun: FinishedRun.nullable(),
      nextRun: Instant.nullable(),
    }),
  }),
  listDataIssues: route('GET /v1/data-issues', {
    summary: 'List the open data issues of a rule, latest first',
    scope: 'customers.read',
    query: z.strictObject({ rule: z.string().min(1).max(40), ...paging }),
    reply: page(IssueReport),
  }),
  listCustomerDataIssues: route('GET /v1/customers/{id}/data-issues', {
    summary: 'List what is, or was, to be verified of a customer',
    scope: 'customers.read',
    reply: z.object({ items: z.array(IssueReport) }),
  }),
};
