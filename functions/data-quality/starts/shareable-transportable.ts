import { countryOf, isPostcode } from '../../cleaning/addresses.ts';
import { canBeBorn } from '../../cleaning/dates.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import { parseTyped } from '../../customers/attributes/typed-values.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import { displayName } from '../../customers/customer.ts';
import { normalisePhone } from '../../customers/phone.ts';
import { profileOf } from '../../customers/profile.ts';
import { type Check, each, holds, isDeclared, ownAttributesOf } from './facts.ts';

/** Others can find it, know who is responsible for it and what it is stored for. */
export const shareable: Check[] = [
  holds('named', 2, ['it has a name', 'it has no name'], ({ customer }) => Boolean(displayName(customer))),
  holds(
    'known-elsewhere',
    1,
    [
      'other systems can find it by an external id or e-mail address',
      'it has neither an external id nor an e-mail address that other systems could find it by',
    ],
    ({ customer: { externalId, email } }) => Boolean(externalId ?? email),
  ),
  holds(
    'grouped',
    1,
    ['it is on a list or has a tag that a team shares', 'it is on no list and has no tag'],
    ({ customer: { attributes: { tags } = {} }, lists }) => lists > 0 || (Array.isArray(tags) && tags.length > 0),
  ),
  holds('owned', 1, ['it has an owner', 'it has no owner'], ({ customer }) => customer.ownerId !== undefined),
  each('purpose-stated', 1, ['its attributes have a stated purpose', 'without a stated purpose'], facts => [
    attributesOf(facts.customer).filter(attribute => isDeclared(facts, attribute)),
    attribute => definitionOf(facts.settings, attribute)?.purpose !== undefined,
  ]),
];

/** It can be moved to other systems and means the same there: canonical formats, declared types. */
export const transportable: Check[] = [
  holds('phone-format', 1, ['its phone number is in E.164', 'phone is not in E.164'], ({ customer: { phone } }) =>
    phone === undefined ? undefined : normalisePhone(phone) === phone,
  ),
  {
    id: 'country-code',
    weight: 1,
    of: ({ customer: { address } }) => {
      if (!address) return undefined;
      if (address.country === undefined) return { score: 0, detail: 'its address has no country' };
      return countryOf(address.country) === address.country
        ? { score: 1, detail: 'its country is an ISO 3166-1 code' }
        : { score: 0, detail: 'address.country is not an ISO 3166-1 code' };
    },
  },
  holds(
    'postcode-format',
    1,
    ['its postcode is valid in its country', 'address.postcode is not valid in its country'],
    ({ customer: { address } }) =>
      address?.postcode === undefined ? undefined : isPostcode(address.postcode, address.country),
  ),
  holds(
    'birthday-possible',
    1,
    ['its date of birth is possible', 'dateOfBirth is not possible'],
    ({ customer: { dateOfBirth }, now }) => (dateOfBirth === undefined ? undefined : canBeBorn(dateOfBirth, now)),
  ),
  each('types-fit', 2, ['its attributes have their declared types', 'not of the declared type'], facts => {
    const values = valuesOf(profileOf(facts.customer));
    const country = facts.customer.address?.country;
    const fits = (attribute: string) => {
      const definition = definitionOf(facts.settings, attribute);
      return !definition || 'value' in parseTyped(definition, values.get(attribute), { country });
    };
    return [ownAttributesOf(facts).filter(attribute => isDeclared(facts, attribute)), fits];
  }),
  each(
    'schema-known',
    1,
    ['all its attributes are declared', 'not declared, so that other systems do not know what they mean'],
    facts => [ownAttributesOf(facts), attribute => isDeclared(facts, attribute)],
  ),
];
