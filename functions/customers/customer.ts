import * as z from 'zod';
import { Channel } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Imported } from '../shared/imports/importable.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';
import { Provenance } from './attributes/provenance.ts';
import { erasedCustomer } from './erased-customer.ts';
import { blockingKeys } from './lookups/blocking.ts';
import { blockBucket, nameBucket, phoneBucket } from './lookups/buckets.ts';
import { emailBucket, emailKeys } from './lookups/email-keys.ts';
import { backwards } from './lookups/phone-end.ts';
import { beheaded, firstWord, nameKeys, nameWords, normaliseName } from './normalise.ts';

const Name = z.string().min(1, 'is empty').max(200).transform(normaliseName).pipe(z.string().min(1, 'is empty'));
const text = (most: number) => z.string().trim().min(1, 'is empty').max(most);

const isTimeZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};
const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'is not an IANA time zone')
  .describe('IANA name, such as Asia/Singapore');

export const Address = z.strictObject({
  line1: text(200).optional(),
  line2: text(200).optional(),
  locality: text(100).optional(),
  region: text(100).optional(),
  postcode: text(20).optional(),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'is two letters, ISO 3166-1')
    .describe('ISO 3166-1, two letters')
    .optional(),
});

/** each is an item of the store */
const mostIdentifiers = 20;
const mostAttributeBytes = 16_384;
/** whatever else is kept of a record */
export const Attributes = z
  .record(
    z.string().regex(/^[A-Za-z_][\w-]{0,63}$/, 'names start with a letter and have up to 64 letters, digits, _ and -'),
    z.json(),
  )
  .refine(
    given => JSON.stringify(given).length <= mostAttributeBytes,
    `are more than ${mostAttributeBytes} characters in all`,
  );

/** what a client says of a customer */
export const Profile = z.strictObject({
  kind: z.enum(['person', 'organisation']).default('person'),
  givenName: Name.optional(),
  familyName: Name.optional(),
  name: Name.describe('of an organisation; a person’s is made of its parts unless given').optional(),
  email: Email.describe('unique; kept in lower case').optional(),
  phone: text(40).describe('E.164, or as dialled in the country of the address; kept as E.164').optional(),
  externalId: text(256).describe('the id that your own systems know the customer by; unique').optional(),
  dateOfBirth: z.iso.date('is not a date (YYYY-MM-DD)').optional(),
  address: Address.optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'is not a language tag such as en-SG')
    .describe('language tag, such as en-SG')
    .optional(),
  timeZone: TimeZone.optional(),
  preferredChannel: Channel.optional(),
  identifiers: z
    .record(z.string().max(40), text(100))
    .refine(given => Object.keys(given).length <= mostIdentifiers, `are more than ${mostIdentifiers}`)
    .describe('further numbers by kind: national, tax, loyalty …')
    .optional(),
  attributes: Attributes.describe('whatever else you keep of a customer').optional(),
});

export type Profile = z.output<typeof Profile>;

/** every field may be null, which removes it */
export const removable = <Shape extends z.ZodRawShape>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, z.nullish(field)])) as {
    [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>;
  };

/** RFC 7396: address, attributes and identifiers merge. The rules between fields hold for the merged profile. */
export const ProfilePatch = z.strictObject({
  ...removable(Profile.shape),
  kind: Profile.shape.kind.unwrap().nullish(),
  address: z.strictObject(removable(Address.shape)).nullish(),
  identifiers: z.record(z.string().max(40), text(100).nullable()).nullish(),
});

export const Customer = z.object({
  id: CustomerId,
  ...Profile.shape,
  kind: z.enum(['person', 'organisation']),
  ownerId: z.string().describe('the user who looks after it').optional(),
  masked: z.array(z.string()).describe('confidential attributes that there are and you may not see').optional(),
  ...stamps,
});
export type Customer = z.output<typeof Customer>;

/** what is kept of a customer beyond what is told of it */
export const StoredCustomer = Customer.omit({ masked: true }).extend({
  /** what those were known by who were merged into it, and itself by then: it is found by all of that */
  also: z
    .object({ email: z.array(z.string()), externalId: z.array(z.string()), phone: z.array(z.string()) })
    .optional(),
  /** the customer it was merged into: everything else of it is found there */
  mergedInto: CustomerId.optional(),
  /** when it was erased: nothing else of it is left */
  erasedAt: Instant.optional(),
  /** the erasure that emptied it */
  erasure: z.string().optional(),
  imported: Imported.optional(),
  /** `<attribute>=<value>` of the custom attributes that are declared as indexed */
  lookups: z.array(z.string()).optional(),
  /** where its values come from */
  provenance: Provenance.optional(),
});
export type StoredCustomer = z.output<typeof StoredCustomer>;

/** neither merged away nor erased */
export const isActive = ({ mergedInto, erasedAt }: StoredCustomer) => !mergedInto && !erasedAt;

/** the name a customer goes by */
export const displayName = ({ name, givenName, familyName }: Partial<Profile>) =>
  name ?? [givenName, familyName].filter(Boolean).join(' ');

/** what of a customer that stands; nothing is claimed by or found under one that does not */
const standing =
  <T>(of: (customer: StoredCustomer) => T) =>
  (customer: StoredCustomer) =>
    isActive(customer) ? of(customer) : undefined;

/** all that a customer is known by of one kind */
const known =
  (field: 'email' | 'externalId' | 'phone') =>
  (customer: StoredCustomer): string[] =>
    standing(one => [...new Set([one[field], ...(one.also?.[field] ?? [])])])(customer)?.flatMap(
      value => value ?? [],
    ) ?? [];

export const customers = entity('customer', StoredCustomer, {
  onMerge: 'stay',
  onErase: (customer, erasing) => erasedCustomer(customer, erasing),
  area: 'profile',
  lists: {
    all: { by: standing(() => 'all'), shards: 4 },
    conflicts: {
      by: standing(({ provenance }) => (provenance?.kept ? 'open' : undefined)),
      sort: ({ provenance }) => provenance?.kept?.[0]?.origin.observedAt ?? '',
    },
  },
  unique: {
    email: { code: 'customer.email-taken', of: known('email') },
    externalId: { code: 'customer.external-id-taken', of: known('externalId') },
  },
  entries: {
    // by its end, which is what people say of a number
    phone: { of: known('phone'), form: backwards, bucket: phoneBucket },
    email: { of: customer => known('email')(customer).flatMap(emailKeys), bucket: emailBucket },
    name: { of: customer => standing(one => nameKeys(displayName(one)))(customer) ?? [], bucket: nameBucket },
    beheaded: {
      of: customer => [standing(one => beheaded(nameWords(displayName(one))))(customer)],
      bucket: firstWord,
    },
    attribute: { of: customer => standing(({ lookups }) => lookups)(customer) ?? [] },
    block: { of: customer => standing(blockingKeys)(customer) ?? [], bucket: blockBucket },
  },
});
