import * as z from 'zod';
import { hygieneSettingsChanged } from '../../../events/hygiene.ts';
import { attributeNamed } from '../../customers/attributes/definition.ts';
import { addressFields } from '../../customers/customer.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { exactlyOne, line, Slug, UserId } from '../../shared/fields.ts';
import { settings } from '../../shared/store/settings.ts';
import { Duration } from '../../shared/time/duration.ts';
import { TimeOfDay } from '../../shared/time/time-of-day.ts';
import { isTimeZone } from '../../shared/time/zone.ts';

const Attributes = z
  .array(
    z
      .string()
      .max(120)
      .refine(
        name => attributeNamed(name) !== undefined,
        'is not an attribute: use a built-in field, or attributes.<name>',
      )
      .transform(name => attributeNamed(name) ?? name),
  )
  .min(1)
  .max(20);

/** the attribute that messages of a channel are sent to */
export const attributeOfChannel = { ...addressFields, post: 'address' } as const;

const When = exactlyOne({
  stale: z
    .strictObject({ attributes: Attributes, olderThan: Duration })
    .describe('neither observed nor verified for that time')
    .optional(),
  unverified: z
    .strictObject({ attributes: Attributes, within: Duration })
    .describe('not verified within that time')
    .optional(),
  undeliverable: z
    .strictObject({ channel: z.enum(['email', 'sms', 'post']) })
    .describe('a message could not be delivered, permanently')
    .optional(),
  incomplete: z
    .strictObject({ below: z.int().min(1).max(100) })
    .describe('less than that percentage of the required attributes')
    .optional(),
});

const Then = z
  .strictObject({
    task: z
      .strictObject({
        assignTo: UserId.optional(),
        toOwner: z.boolean().default(true).describe('to the owner of the customer, where it has one'),
        dueIn: Duration.default('P7D'),
        subject: line(200).optional(),
      })
      .optional()
      .describe('one task to verify it; no other until the issue is resolved'),
    event: z.boolean().default(false).describe('emits data-issue.stale, for triggers and other systems'),
    avoidChannel: z.boolean().default(false).describe('removes the preference for a channel that does not work'),
  })
  .refine(then => then.task !== undefined || then.event || then.avoidChannel, 'does nothing');

export const Rule = z
  .strictObject({
    id: Slug,
    active: z.boolean().default(true),
    when: When,
    where: Condition.optional().describe('only customers that match'),
    then: Then,
    cooldown: Duration.default('P90D').describe('how long no new issue of the attribute is opened'),
    mostPerRun: z
      .int()
      .min(1)
      .max(10_000)
      .default(200)
      .describe('issues that one run opens; the others wait for the next'),
  })
  .refine(({ when, then }) => !then.avoidChannel || when.undeliverable !== undefined, {
    path: ['then', 'avoidChannel'],
    message: 'applies to `undeliverable` only',
  });
export type Rule = z.output<typeof Rule>;

const mostRules = 20;

export const HygieneRules = z.strictObject({
  rules: z
    .array(Rule)
    .max(mostRules)
    .refine(rules => new Set(rules.map(({ id }) => id)).size === rules.length, 'name a rule twice'),
  at: TimeOfDay.default('02:00').describe('when all customers are checked, every night'),
  timeZone: z.string().max(64).refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
});

export type HygieneRules = z.output<typeof HygieneRules>;

export const HygieneSettings = z.object({ ...HygieneRules.shape, version: z.int().min(0) });

/** the settings with the job that runs at night */
const StoredHygiene = HygieneSettings.extend({ jobId: z.string().optional() });
export type StoredHygiene = z.output<typeof StoredHygiene>;

const undeliverable = (id: string, channel: keyof typeof attributeOfChannel) => ({
  id,
  active: false,
  when: { undeliverable: { channel } },
  then: { task: {}, event: true, avoidChannel: true },
});

/** what a company may want; all off */
const suggested = [
  {
    id: 'contact-by-year',
    active: false,
    when: { stale: { attributes: ['phone', 'email'], olderThan: 'P365D' } },
    then: { task: {}, event: true },
  },
  {
    id: 'address-verified',
    active: false,
    when: { unverified: { attributes: ['address'], within: 'P730D' } },
    then: { event: true },
  },
  undeliverable('email-bounced', 'email'),
  undeliverable('sms-failed', 'sms'),
  undeliverable('post-returned', 'post'),
  { id: 'incomplete', active: false, when: { incomplete: { below: 60 } }, then: { task: { dueIn: 'P30D' } } },
];

export const hygieneSettings = settings('hygiene', StoredHygiene, {
  untilSet: () => HygieneRules.parse({ rules: suggested }),
  changed: hygieneSettingsChanged,
});

/** rules that the nightly job checks all customers by; the others follow events */
export const nightlyRules = ({ rules }: Pick<HygieneRules, 'rules'>) =>
  rules.filter(({ active, when }) => active && !when.undeliverable);
