/** the fixes, in the order in which they are applied */
export const fixIds = [
  'text.decoding',
  'text.entities',
  'whitespace',
  'placeholder',
  'name.salutation',
  'name.case',
  'kind.organisation',
  'name.split',
  'email.normalise',
  'email.typo-domain',
  'country.code',
  'postcode.format',
  'phone.e164',
  'date.iso',
  'attributes.declared',
  'date.swap',
] as const;

export type FixId = (typeof fixIds)[number];
