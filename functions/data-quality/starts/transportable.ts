import { countryOf, isPostcode } from '../../cleaning/addresses.ts';
import { canBeBorn } from '../../cleaning/dates.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import { parseTyped } from '../../customers/attributes/typed-values.ts';
import { normalisePhone } from '../../customers/phone.ts';
import { profileOf } from '../../customers/profile.ts';
import { isDeclared, ownAttributesOf } from './attributes-of.ts';
import { type Check, share, yes } from './check.ts';

/** It can be taken elsewhere and means the same there: canonical formats, declared types. */
export const transportable: Check[] = [
  {
    id: 'phone-format',
    weight: 1,
    of: ({ customer: { phone } }) =>
      phone === undefined
        ? undefined
        : yes(normalisePhone(phone) === phone, {
            right: 'its phone number is in E.164',
            wrong: 'phone is not in E.164',
          }),
  },
  {
    id: 'country-code',
    weight: 1,
    of: ({ customer: { address } }) => {
      if (!address) return undefined;
      const { country } = address;
      if (country === undefined) return { score: 0, says: 'its address names no country' };
      return yes(countryOf(country) === country, {
        right: 'its country is an ISO 3166-1 code',
        wrong: 'address.country is no ISO 3166-1 code',
      });
    },
  },
  {
    id: 'postcode-format',
    weight: 1,
    of: ({ customer: { address } }) => {
      const fits = address?.postcode === undefined ? undefined : isPostcode(address.postcode, address.country);
      return fits === undefined
        ? undefined
        : yes(fits, { right: 'its postcode is one of its country', wrong: 'address.postcode is none of its country' });
    },
  },
  {
    id: 'birthday-possible',
    weight: 1,
    of: ({ customer: { dateOfBirth }, now }) =>
      dateOfBirth === undefined
        ? undefined
        : yes(canBeBorn(dateOfBirth, now), {
            right: 'its date of birth is possible',
            wrong: 'dateOfBirth is none that anybody living has',
          }),
  },
  {
    id: 'types-fit',
    weight: 2,
    of: facts => {
      const values = valuesOf(profileOf(facts.customer));
      const country = facts.customer.address?.country;
      const declared = ownAttributesOf(facts).filter(attribute => isDeclared(facts, attribute));
      const fits = (attribute: string) => {
        const definition = definitionOf(facts.settings, attribute);
        return !definition || 'value' in parseTyped(definition, values.get(attribute), country);
      };
      return share(declared, fits, {
        right: 'its attributes are as they are declared',
        wrong: 'not as they are declared',
      });
    },
  },
  {
    id: 'schema-known',
    weight: 1,
    of: facts =>
      share(ownAttributesOf(facts), attribute => isDeclared(facts, attribute), {
        right: 'all its attributes are declared',
        wrong: 'declared nowhere, so that nobody else knows what they mean',
      }),
  },
];
