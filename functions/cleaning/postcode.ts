import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';

/** how many of a postcode's last characters stand apart, where its parts are written with a space */
const lastPart: Record<string, number> = { CA: 3, CZ: 2, GB: 3, GR: 2, IE: 4, NL: 2, SE: 2, SK: 2 };

/** A postcode as it is written in its country (ISO 3166-1 alpha-2): capitals, one space where one belongs. What it does not know stays. */
export const normalisePostcode = (given: string, country?: string) => {
  const tidy = given.trim().toUpperCase().replace(/\s+/g, ' ');
  const last = lastPart[country ?? ''];
  const bare = tidy.replaceAll(/[\s-]/g, '');
  if (!last || bare.length <= last) return tidy;
  return `${bare.slice(0, -last)} ${bare.slice(-last)}`;
};

/** whether it can be a postcode of that country; undefined where nobody knows what one looks like */
export const isPostcode = (postcode: string, country: string | undefined): boolean | undefined =>
  country && postcodeValidatorExistsForCountry(country) ? postcodeValidator(postcode, country) : undefined;
