import { countryOf } from '../../cleaning/addresses.ts';
import { Profile } from '../../customers/customer.ts';
import { withoutField } from '../../customers/profile.ts';
import { checked, fieldErrors } from '../../shared/http/parse.ts';
import type { CellKind, FileField } from '../../shared/imports/importable.ts';
import { isObject, type Json } from '../../shared/json.ts';
import { lazily } from '../../shared/lazily.ts';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import type { RowSchema } from '../rows/row-schemas.ts';
import { bare, byWord, confident, type Suggestion, type ValueShape } from '../rows/suggest.ts';

const companies =
  'company companyname organisation organization organizationname organization1name firma societe empresa azienda';

/** other names of the columns, in the languages of our customers and as address books export them */
const synonyms: Record<string, string> = {
  externalId:
    'id externalid customerid customerno customernumber custno recid recordid clientid contactid kundennummer kundennr idclient codigocliente',
  givenName: 'givenname firstname forename first vorname prenom nombre nome given',
  familyName: 'familyname lastname surname last nachname nomdefamille apellido apellidos cognome family',
  name: `name fullname contactname displayname ${companies}`,
  email:
    'email emailaddress email1value email2value email3value email2address email3address email1 email2 mail emailadresse courriel correo correoelectronico mailaddress',
  phone:
    'phone phonenumber phone1value phone2value phone3value phone1 phone2 homephone businessphone workphone mobile mobilephone telephone tel cell handy telefon telefonnummer telefono movil cellulare contactno',
  dateOfBirth:
    'dateofbirth dob birthday birthdate geburtsdatum geburtstag datedenaissance fechadenacimiento datadinascita',
  'address.line1':
    'address address1 address1street homestreet businessstreet addressline1 line1 street streetaddress streetnumber strasse adresse rue direccion indirizzo',
  'address.line2': 'address2 addressline2 line2 adresszusatz complement',
  'address.locality': 'city address1city homecity businesscity town suburb locality ort stadt ville ciudad citta',
  'address.region':
    'state address1region homestate businessstate region province county bundesland departement provincia',
  'address.postcode':
    'postcode postalcode address1postalcode homepostalcode businesspostalcode zip zipcode plz codepostal codigopostal cap',
  'address.country':
    'country address1country homecountryregion businesscountryregion countryregion countrycode land pays pais paese',
  'identifiers.national': 'socsecid ssn socialsecuritynumber nationalid nric passport steuerid',
  'identifiers.tax': 'taxid vat vatid vatnumber ustid siret',
  'identifiers.loyalty': 'loyaltynumber loyaltyid membershipnumber memberno',
  locale: 'locale language lang sprache langue idioma',
  timeZone: 'timezone tz zeitzone',
  preferredChannel: 'preferredchannel preferredcontact',
  kind: 'kind type customertype',
};

const shapes: ValueShape[] = [
  { path: 'email', matches: value => isEmail(normaliseEmail(value)) && value.includes('.'), words: 'e-mail addresses' },
  { path: 'phone', matches: value => /^\+[\d\s().-]{7,20}$/.test(value), words: 'phone numbers' },
  { path: 'address.country', matches: value => countryOf(value) !== undefined, words: 'countries' },
  {
    path: 'dateOfBirth',
    matches: value => /^(19|20)\d\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])$/.test(value),
    words: 'dates',
  },
];

const attributeOf = (column: string) => {
  const name = column
    .trim()
    .replace(/[^\w-]+/g, '_')
    .replace(/^(?![A-Za-z_])/, '_')
    .slice(0, 64);
  return `attributes.${name}`;
};

const { address, attributes, identifiers, ...plain } = Profile.shape;
const addressParts = lazily(() => Object.keys(address.unwrap().shape));

const kinds: Record<string, CellKind> = {
  externalId: 'identifier',
  phone: 'localPhone',
  dateOfBirth: 'date',
  'address.country': 'country',
  'address.postcode': 'postcode',
  kind: 'partyKind',
  preferredChannel: 'word',
};

/** a field of a profile, a part of its address, an identifier or an attribute of any name */
const kindAt = (path: string): CellKind | undefined => {
  const [field = '', part = '', ...more] = path.split('.');
  if (more.length) return undefined;
  if (field === 'address') return addressParts.includes(part) ? (kinds[path] ?? 'text') : undefined;
  if (field === 'identifiers') return /^[\w-]{1,40}$/.test(part) ? 'identifier' : undefined;
  if (field === 'attributes') return /^[A-Za-z_][\w-]{0,63}$/.test(part) ? 'any' : undefined;
  return !part && Object.hasOwn(plain, field) ? (kinds[path] ?? 'text') : undefined;
};

const fieldAt = (path: string): FileField | undefined => {
  const is = kindAt(path);
  return is && { is, most: Number.POSITIVE_INFINITY };
};

const nested = (values: Json): Json => {
  const profile: Json = {};
  for (const [path, value] of Object.entries(values)) {
    const [field = '', part] = path.split('.');
    profile[field] = part ? { ...(profile[field] as object), [part]: value } : value;
  }
  return profile;
};

const joined = /^(?:name|givenName|familyName|address\.(?:line\d|locality|region)|attributes\..*)$/;

/**
 * Suggestions together: beside the name of a person a company is an attribute, a second address or number too, and of two
 * postal addresses only the first is taken.
 */
const settle = (suggestions: Suggestion[]): Suggestion[] => {
  const isCompany = ({ column, path }: Suggestion) => path === 'name' && companies.split(' ').includes(bare(column));
  const hasPerson = suggestions.some(one => /^(?:name|givenName|familyName)$/.test(one.path) && !isCompany(one));
  const isHome = suggestions.some(({ column }) => bare(column) === 'homestreet');
  const seen = new Map<string, number>();
  return suggestions.flatMap(one => {
    if (one.confidence < confident) return [one];
    if (isHome && /^business(?:street|city|state|postalcode|country)/.test(bare(one.column))) return [];
    if (hasPerson && isCompany(one)) return [{ ...one, path: 'attributes.company' }];
    const nth = (seen.get(one.path) ?? 0) + 1;
    seen.set(one.path, nth);
    if (nth === 1 || joined.test(one.path)) return [one];
    return /^(?:email|phone|externalId)$/.test(one.path) ? [{ ...one, path: `attributes.${one.path}${nth}` }] : [];
  });
};

const isEmpty = (value: unknown) => isObject(value) && !Object.keys(value).length;

/** a profile with each value in its normal form; one that is invalid is left out */
const normalise = (values: Json, fault: (path: string, message: string) => void): Json => {
  let profile = nested(values);
  for (;;) {
    const parsed = checked(Profile, profile);
    if (parsed.success) {
      const given = Object.entries(parsed.data).filter(([name, value]) => name in profile && !isEmpty(value));
      return Object.fromEntries(given);
    }
    for (const { path, message } of fieldErrors(parsed.error.issues)) {
      fault(path, message);
      profile = withoutField(profile, path.split('.'));
    }
  }
};

const identifying = /^(externalId|email|phone|name|givenName|familyName)$/;

export const customerSchema: RowSchema = {
  name: 'customers',
  area: 'customers',
  fields: {},
  fieldAt,
  joinsColumns: true,
  joinsRows: false,
  words: byWord(synonyms),
  shapes,
  otherwise: attributeOf,
  settle,
  lacks: paths =>
    paths.some(path => identifying.test(path))
      ? undefined
      : 'no column identifies the customer of a row: map one to externalId, email, phone or a name',
  normalise,
};
