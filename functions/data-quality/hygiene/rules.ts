import * as z from 'zod';
import { attributeNamed } from '../../customers/attributes/definition.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { line, Slug, UserId } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity, main } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { Duration } from '../../shared/time/duration.ts';
import { isTimeZone } from '../../shared/time/zone.ts';

const Attributes = z
  .array(
    z
      .string()
      .max(120)
      .refine(name => attributeNamed(name) !== undefined, 'is no attribute: name a field of ours, or attributes.<name>')
      .transform(name => attributeNamed(name) ?? name),
  )
  .min(1)
  .max(20);

/** the channels whose failures tell of an attribute, and which attribute that is */
export const reachedBy = { email: 'email', sms: 'phone', post: 'address' } as const;

const cases = {
  stale: z
    .strictObject({ attributes: Attributes, olderThan: Duration })
    .describe('neither observed nor verified for so long')
    .optional(),
  unverified: z
    .strictObject({ attributes: Attributes, within: Duration })
    .describe('there for so long, and not verified within it')
    .optional(),
  undeliverable: z
    .strictObject({ channel: z.enum(['email', 'sms', 'post']) })
    .describe('a message came back for good')
    .optional(),
  incomplete: z
    .strictObject({ below: z.int().min(1).max(100) })
    .describe('less than so many in a hundred of what is declared as required')
    .optional(),
};

const When = z
  .strictObject(cases)
  .refine(
    when => Object.values(when).filter(one => one !== undefined).length === 1,
    `must be exactly one of ${Object.keys(cases).join(', ')}`,
  );

const Then = z
  .strictObject({
    task: z
      .strictObject({
        assignTo: UserId.optional(),
        toOwner: z.boolean().default(true).describe('to who looks after the customer, where somebody does'),
        dueIn: Duration.default('P7D'),
        subject: line(200).optional(),
      })
      .optional()
      .describe('one task to verify it; no other until that is settled'),
    event: z.boolean().default(false).describe('says data.stale, for triggers and other systems'),
    avoidChannel: z.boolean().default(false).describe('what does not work is not preferred any more'),
  })
  .refine(then => then.task !== undefined || then.event || then.avoidChannel, 'does nothing');

export const Rule = z
  .strictObject({
    id: Slug,
    active: z.boolean().default(true),
    when: When,
    where: Condition.optional().describe('only customers for whom this holds'),
    then: Then,
    cooldown: Duration.default('P90D').describe('nothing is asked of an attribute again for so long'),
    mostPerRun: z.int().min(1).max(10_000).default(200).describe('what a night may open; the rest waits for the next'),
  })
  .refine(({ when, then }) => !then.avoidChannel || when.undeliverable !== undefined, {
    path: ['then', 'avoidChannel'],
    message: 'belongs with undeliverable',
  });
export type Rule = z.output<typeof Rule>;

const mostRules = 20;

export const HygieneRules = z.strictObject({
  rules: z
    .array(Rule)
    .max(mostRules)
    .refine(rules => new Set(rules.map(({ id }) => id)).size === rules.length, 'name a rule twice'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 02:00')
    .default('02:00')
    .describe('when all customers are gone through, every night'),
  timeZone: z.string().max(64).refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
});

export const HygieneSettings = z.object({
  ...HygieneRules.shape,
  version: z.int().min(0),
});
export type HygieneSettings = z.output<typeof HygieneSettings>;

/** the settings as they are kept, with the job that runs at night */
const Stored = HygieneSettings.extend({ jobId: z.string().optional(), version: stamps.version });
export type StoredHygiene = z.output<typeof Stored>;

export const hygieneSettings = entity('hygiene-settings', Stored, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'hygiene'], part: main }),
});

/** what a company may want, off until it says so */
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
  {
    id: 'email-bounced',
    active: false,
    when: { undeliverable: { channel: 'email' } },
    then: { task: {}, event: true, avoidChannel: true },
  },
  {
    id: 'sms-failed',
    active: false,
    when: { undeliverable: { channel: 'sms' } },
    then: { task: {}, event: true, avoidChannel: true },
  },
  {
    id: 'post-returned',
    active: false,
    when: { undeliverable: { channel: 'post' } },
    then: { task: {}, event: true, avoidChannel: true },
  },
  { id: 'incomplete', active: false, when: { incomplete: { below: 60 } }, then: { task: { dueIn: 'P30D' } } },
];

export const unset = (): HygieneSettings => ({ ...HygieneRules.parse({ rules: suggested }), version: 0 });

export const hygieneOf = async (store: Store): Promise<HygieneSettings & { jobId?: string | undefined }> =>
  (await store.get(hygieneSettings, {})) ?? unset();

/** rules that all customers are gone through for; the others follow from what happens */
export const walkedRules = ({ rules }: Pick<HygieneSettings, 'rules'>) =>
  rules.filter(({ active, when }) => active && !when.undeliverable);
