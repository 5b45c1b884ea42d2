import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration, minus, plus } from '../shared/time/duration.ts';
import { isTimeZone } from '../shared/time/zone.ts';

/** the minimum and maximum retention of each class of data */
export const bounds = {
  tracked: ['P30D', 'P10Y'],
  decisions: ['P30D', 'P10Y'],
  messages: ['P35D', 'P10Y'],
  cases: ['P30D', 'P30Y'],
  inactive: ['P90D', 'P30Y'],
  notice: ['P1D', 'P1Y'],
} as const;

/** how long customers are listed before their erasure, by default */
export const usualNotice = 'P14D';

const start = '2000-01-01T00:00:00.000Z';

const Within = (name: keyof typeof bounds) => {
  const [least, most] = bounds[name];
  const fits = (text: string) => {
    if (!Duration.safeParse(text).success) return true; // has an error of its own
    const end = plus(start, text);
    return plus(start, least) <= end && end <= plus(start, most);
  };
  return Duration.refine(fits, `is between ${least} and ${most}`);
};

/** how long data of customers is stored; a class without a rule is never deleted */
export const RetentionRules = z.strictObject({
  tracked: Within('tracked').describe('behaviour on sites and in apps').optional(),
  messages: Within('messages').describe('what was sent, with its content').optional(),
  decisions: Within('decisions').describe('automated choices and their reasons').optional(),
  cases: Within('cases').describe('cases with their threads, counted from when they were closed').optional(),
  inactiveCustomers: z
    .strictObject({
      after: Within('inactive'),
      then: z.enum(['review', 'erase']).default('review'),
      notice: Within('notice')
        .describe(
          `how long customers are listed before their erasure, so that staff can retain them; ${usualNotice} by default`,
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
  /** the job that starts a run each night */
  nights: z.string().optional(),
});
export type RetentionSettings = z.output<typeof Stored>;

export const retentionSettings = entity('retention-settings', Stored, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'retention'], part: main }),
});

export const retentionOf = async (store: Store): Promise<RetentionSettings> =>
  (await store.get(retentionSettings, {})) ?? { version: 0 };

/** whether anything is to be done at night */
export const anyRule = ({ tracked, messages, decisions, cases, inactiveCustomers }: RetentionRules) =>
  [tracked, messages, decisions, cases, inactiveCustomers].some(rule => rule !== undefined);

const before = (duration: string | undefined, now: string) => duration && minus(now, duration);

/** instants before which data is deleted */
export const cutoffsOf = ({ tracked, messages, decisions, cases, inactiveCustomers }: RetentionRules, now: string) => ({
  tracked: before(tracked, now),
  messages: before(messages, now),
  decisions: before(decisions, now),
  cases: before(cases, now),
  inactive: before(inactiveCustomers?.after, now),
});
export type Cutoffs = ReturnType<typeof cutoffsOf>;

const Swept = z.object({ tracked: Instant.optional(), decisions: Instant.optional() });

/** up to where a run has discarded everything of everybody: the next one need not look there again */
export const swept = entity('retention-swept', Swept, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'retention'], part: 'swept' }),
});
