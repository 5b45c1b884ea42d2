import * as z from 'zod';
import { retentionSettingsChanged } from '../../events/retention.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { continueJob, jobs, startJob } from '../shared/jobs/job.ts';
import { type Change, insert } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { settings } from '../shared/store/settings.ts';
import { Duration, minus, plus } from '../shared/time/duration.ts';
import { nextTimeOfDay } from '../shared/time/time-of-day.ts';
import { isTimeZone } from '../shared/time/zone.ts';

/** how long each class of data is stored at least, as other parts need it that long, and at most */
const bounds = {
  tracked: ['P30D', 'P10Y'],
  decisions: ['P30D', 'P10Y'],
  messages: ['P35D', 'P10Y'],
  cases: ['P30D', 'P30Y'],
  inactive: ['P90D', 'P30Y'],
  notice: ['P1D', 'P1Y'],
} as const;

export const defaultNotice = 'P14D';

const start = '2000-01-01T00:00:00.000Z';

const Within = (name: keyof typeof bounds) => {
  const [least, most] = bounds[name];
  const fits = (text: string) => {
    if (!Duration.safeParse(text).success) return true; // an error of its own
    const end = plus(start, text);
    return plus(start, least) <= end && end <= plus(start, most);
  };
  return Duration.refine(fits, `is between ${least} and ${most}`);
};

/** how long data of customers is stored; without a rule it is stored without limit */
export const RetentionRules = z.strictObject({
  tracked: Within('tracked').describe('behaviour on sites and in apps').optional(),
  messages: Within('messages').describe('messages with their content').optional(),
  decisions: Within('decisions').describe('automated decisions and their reasons').optional(),
  cases: Within('cases').describe('cases with their threads, from when they were closed').optional(),
  inactiveCustomers: z
    .strictObject({
      after: Within('inactive'),
      then: z.enum(['review', 'erase']).default('review'),
      notice: Within('notice')
        .describe(
          `how long customers to be erased are listed before, so that they can be retained; default ${defaultNotice}`,
        )
        .optional(),
    })
    .describe('customers without activity: listed for review, or erased')
    .optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not an IANA time zone')
    .describe('the time zone of the nightly run')
    .optional(),
});
export type RetentionRules = z.output<typeof RetentionRules>;

export const RetentionSettings = z.object({ ...RetentionRules.shape, version: z.int().min(0) });

const Stored = RetentionSettings.extend({
  nights: z.string().optional(),
});

export const retentionSettings = settings('retention', Stored, {
  untilSet: () => ({}),
  changed: retentionSettingsChanged,
  data: ({ nights: _, ...rules }) => rules,
});

export const hasRule = ({ tracked, messages, decisions, cases, inactiveCustomers }: RetentionRules) =>
  [tracked, messages, decisions, cases, inactiveCustomers].some(rule => rule !== undefined);

export const nextNight = (now: string, timeZone = 'UTC') => nextTimeOfDay(now, { at: '02:00', timeZone });

/** the job that starts a run each night: the one that runs already, or a new one with the changes that start it */
export const nightlyJob = async (timeZone: string | undefined, { now, actor, store }: Ctx) => {
  const { nights } = await retentionSettings.of(store);
  const running = nights && (await store.get(jobs, { id: nights }));
  if (running && running.state === 'running') return { nights: running.id, changes: [] };
  const { job } = startJob(now, { kind: 'retention-nights', by: actor, single: true });
  const changes: Change[] = [insert(jobs, job), continueJob(job, nextNight(now, timeZone))];
  return { nights: job.id, changes };
};

const before = (duration: string | undefined, now: string) => duration && minus(now, duration);

export const cutoffsOf = ({ tracked, messages, decisions, cases, inactiveCustomers }: RetentionRules, now: string) => ({
  tracked: before(tracked, now),
  messages: before(messages, now),
  decisions: before(decisions, now),
  cases: before(cases, now),
  inactive: before(inactiveCustomers?.after, now),
});
export type Cutoffs = ReturnType<typeof cutoffsOf>;

const Swept = z.object({ tracked: Instant.optional(), decisions: Instant.optional() });

/** up to where a run has discarded everything of all customers: the next run begins there */
export const swept = entity('retention-swept', Swept, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'retention'], part: 'swept' }),
});

/** the counters of a retention run: each context adds what it discarded */
export const retentionRun = (runId: string): [kind: string, id: string] => ['retention-run', runId];
