import * as z from 'zod';
import { Channel } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { Country, foreignId, LanguageTag, line, TimeZone } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Imported } from '../shared/imports/importable.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';
import { Provenance } from './attributes/provenance.ts';
import { erasedCustomer } from './erased-customer.ts';
import { emailTaken, externalIdTaken } from './errors.ts';
import { blockBucket, blockingKeys, nameBucket, phoneBucket } from './lookups/blocking.ts';
import { emailBucket, emailKeys } from './lookups/email-keys.ts';
import { backwards, firstWord, nameKeys, nameWords, normaliseName, withoutFirstLetters } from './normalise.ts';

const Name = z.string().min(1, 'is empty').max(200).transform(normaliseName).pipe(z.string().min(1, 'is empty'));

export const Address = z.strictObject({
  line1: line(200).optional(),
  line2: line(200).optional(),
  locality: line(100).optional(),
  region: line(100).optional(),
  postcode: line(20).optional(),
  country: Country.optional(),
});

// each is an item of the store
const mostIdentifiers = 20;
const mostAttributeBytes = 16_384;
export const Attributes = z
  .record(
    z.string().regex(/^[A-Za-z_][\w-]{0,63}$/, 'names start with a letter and have up to 64 letters, digits, _ and -'),
    z.json(),
  )
  .refine(
    given => JSON.stringify(given).length <= mostAttributeBytes,
    `are more than ${mostAttributeBytes} characters in all`,
  );

export const Profile = z.strictObject({
  kind: z.enum(['person', 'organisation']).default('person'),
  givenName: Name.optional(),
  familyName: Name.optional(),
  name: Name.describe('of an organisation; a person’s is composed of its parts by default').optional(),
  email: Email.describe('unique; stored in lower case').optional(),
  phone: line(40)
    .describe(
      'E.164, or a national number of the address’s country, else of the company’s default country; stored as E.164',
    )
    .optional(),
  externalId: foreignId(256).describe('the id of the customer in your own systems; unique').optional(),
  dateOfBirth: z.iso.date('is not a date (YYYY-MM-DD)').optional(),
  address: Address.optional(),
  locale: LanguageTag.describe('language tag, such as en-SG').optional(),
  timeZone: TimeZone.optional(),
  preferredChannel: Channel.optional(),
  identifiers: z
    .record(z.string().max(40), line(100))
    .refine(given => Object.keys(given).length <= mostIdentifiers, `are more than ${mostIdentifiers}`)
    .describe('other numbers by kind: national, tax, loyalty …')
    .optional(),
  attributes: Attributes.describe('your own attributes').optional(),
});

export type Profile = z.output<typeof Profile>;

export const nullableFields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, z.nullish(field)])) as {
    [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>;
  };

/** RFC 7396: address, attributes and identifiers are merged. The rules between fields apply to the result. */
export const ProfilePatch = z.strictObject({
  ...nullableFields(Profile.shape),
  kind: Profile.shape.kind.unwrap().nullish(),
  address: z.strictObject(nullableFields(Address.shape)).nullish(),
  identifiers: z.record(z.string().max(40), line(100).nullable()).nullish(),
});

export const Customer = z.object({
  id: CustomerId,
  ...Profile.shape,
  kind: z.enum(['person', 'organisation']),
  ownerId: z.string().describe('the user who is responsible for it').optional(),
  masked: z.array(z.string()).describe('confidential attributes that have a value you may not see').optional(),
  ...stamps,
});
export type Customer = z.output<typeof Customer>;

export const StoredCustomer = Customer.omit({ masked: true }).extend({
  /** the identifiers of merged customers, and its own at that time: it is found by all of them */
  mergedIdentifiers: z
    .object({ email: z.array(z.string()), externalId: z.array(z.string()), phone: z.array(z.string()) })
    .optional(),
  /** the customer it was merged into, which has all its data */
  mergedInto: CustomerId.optional(),
  /** when it was erased: no other data is left */
  erasedAt: Instant.optional(),
  erasure: z.string().optional(),
  imported: Imported.optional(),
  /** `<attribute>=<value>` of the indexed custom attributes */
  lookups: z.array(z.string()).optional(),
  provenance: Provenance.optional(),
});
export type StoredCustomer = z.output<typeof StoredCustomer>;

export const isActive = ({ mergedInto, erasedAt }: StoredCustomer) => !mergedInto && !erasedAt;

export const displayName = ({ name, givenName, familyName }: Partial<Profile>) =>
  name ?? [givenName, familyName].filter(Boolean).join(' ');

/** what a message of a channel is sent to */
export const addressFields = { email: 'email', sms: 'phone' } as const;

type Identifier = 'email' | 'externalId' | 'phone';

/** all values of an identifier, those of merged customers included */
export const identifiersOf = (
  customer: Pick<StoredCustomer, Identifier | 'mergedIdentifiers'>,
  field: Identifier,
): string[] => [...new Set([customer[field] ?? [], customer.mergedIdentifiers?.[field] ?? []].flat())];

/** of active customers only: others claim nothing and are not found */
const ofActive =
  <T>(of: (customer: StoredCustomer) => T[]) =>
  (customer: StoredCustomer): T[] =>
    isActive(customer) ? of(customer) : [];

export const customers = entity('customer', StoredCustomer, {
  onMerge: 'stay',
  onErase: (customer, erasing) => erasedCustomer(customer, erasing),
  area: 'profile',
  lists: {
    all: { by: customer => (isActive(customer) ? 'all' : undefined), shards: 4 },
    conflicts: {
      by: customer => (isActive(customer) && customer.provenance?.conflicts ? 'open' : undefined),
      sort: ({ provenance }) => provenance?.conflicts?.[0]?.origin.observedAt ?? '',
    },
  },
  unique: {
    email: { taken: emailTaken, of: ofActive(one => identifiersOf(one, 'email')) },
    externalId: { taken: externalIdTaken, of: ofActive(one => identifiersOf(one, 'externalId')) },
  },
  entries: {
    // backwards, as people search for the last digits
    phone: { of: ofActive(one => identifiersOf(one, 'phone')), form: backwards, bucket: phoneBucket },
    email: { of: ofActive(one => identifiersOf(one, 'email').flatMap(emailKeys)), bucket: emailBucket },
    name: { of: ofActive(one => nameKeys(displayName(one))), bucket: nameBucket },
    wordTails: {
      of: ofActive(one => [withoutFirstLetters(nameWords(displayName(one)))]),
      bucket: firstWord,
    },
    attribute: { of: ofActive(({ lookups = [] }) => lookups) },
    block: { of: ofActive(blockingKeys), bucket: blockBucket },
  },
});
