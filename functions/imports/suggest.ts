import { countryOf } from '../cleaning/addresses.ts';
import { isEmail, normaliseEmail } from '../shared/text/email.ts';
import { isImportable } from './paths.ts';

/** what people call the columns, without capitals and punctuation, in the languages of our customers */
const synonyms: Record<string, string> = {
  externalId:
    'id externalid customerid customerno customernumber custno recid recordid clientid contactid kundennummer kundennr idclient codigocliente',
  givenName: 'givenname firstname forename first vorname prenom nombre nome given',
  familyName: 'familyname lastname surname last nachname nomdefamille apellido apellidos cognome family',
  name: 'name fullname contactname company companyname organisation organization firma societe empresa azienda displayname',
  email: 'email emailaddress mail emailadresse courriel correo correoelectronico mailaddress',
  phone:
    'phone phonenumber mobile mobilephone telephone tel cell handy telefon telefonnummer telefono movil cellulare contactno',
  dateOfBirth:
    'dateofbirth dob birthday birthdate geburtsdatum geburtstag datedenaissance fechadenacimiento datadinascita',
  'address.line1':
    'address address1 addressline1 line1 street streetaddress streetnumber strasse adresse rue direccion indirizzo',
  'address.line2': 'address2 addressline2 line2 adresszusatz complement',
  'address.locality': 'city town suburb locality ort stadt ville ciudad citta',
  'address.region': 'state region province county bundesland departement provincia',
  'address.postcode': 'postcode postalcode zip zipcode plz codepostal codigopostal cap',
  'address.country': 'country countrycode land pays pais paese',
  'identifiers.national': 'socsecid ssn socialsecuritynumber nationalid nric passport steuerid',
  'identifiers.tax': 'taxid vat vatid vatnumber ustid siret',
  'identifiers.loyalty': 'loyaltynumber loyaltyid membershipnumber memberno',
  locale: 'locale language lang sprache langue idioma',
  timeZone: 'timezone tz zeitzone',
  preferredChannel: 'preferredchannel preferredcontact',
  kind: 'kind type customertype',
};

/** paths by what people call them */
export const byWord = (synonyms: Record<string, string>) =>
  new Map(Object.entries(synonyms).flatMap(([path, words]) => words.split(' ').map(word => [word, path])));

/** a column's name without capitals and punctuation */
export const bare = (column: string) =>
  column
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

type Shape = { path: string; looksSo: (value: string) => boolean; words: string };

const shapes: Shape[] = [
  { path: 'email', looksSo: value => isEmail(normaliseEmail(value)) && value.includes('.'), words: 'e-mail addresses' },
  { path: 'phone', looksSo: value => /^\+[\d\s().-]{7,20}$/.test(value), words: 'phone numbers' },
  { path: 'address.country', looksSo: value => countryOf(value) !== undefined, words: 'countries' },
  {
    path: 'dateOfBirth',
    looksSo: value => /^(19|20)\d\d-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])$/.test(value),
    words: 'dates',
  },
];

/** Where columns may lead. */
export type Paths = {
  has(path: string): boolean;
  /** what they are called, see `byWord` */
  words: Map<string, string>;
  /** what their values look like */
  shapes: Shape[];
  /** where a column leads that is none of them */
  otherwise?: (column: string) => string;
};

export type Suggestion = { column: string; path: string; confidence: number; reason: string };

const attributeOf = (column: string) => {
  const name = column
    .trim()
    .replace(/[^\w-]+/g, '_')
    .replace(/^(?![A-Za-z_])/, '_')
    .slice(0, 64);
  return `attributes.${name}`;
};

/** the attributes of customers */
export const profilePaths: Paths = { has: isImportable, words: byWord(synonyms), shapes, otherwise: attributeOf };

const suggestOne = (column: string, values: string[], paths: Paths): Suggestion[] => {
  if (paths.has(column)) return [{ column, path: column, confidence: 1, reason: 'is the name of an attribute' }];
  const path = paths.words.get(bare(column));
  if (path) return [{ column, path, confidence: 0.95, reason: `is another word for ${path}` }];
  const shape = values.length >= 3 && paths.shapes.find(({ looksSo }) => values.every(looksSo));
  if (shape) return [{ column, path: shape.path, confidence: 0.7, reason: `its values look like ${shape.words}` }];
  const reason = 'no field of a profile: kept as an attribute';
  return paths.otherwise ? [{ column, path: paths.otherwise(column), confidence: 0.5, reason }] : [];
};

/** Where each column of a file probably leads, by its name, else by the values of its first rows. Columns of one path are joined. */
export const suggest = (
  columns: string[],
  samples: Record<string, string>[],
  paths: Paths = profilePaths,
): Suggestion[] =>
  columns.flatMap(column => suggestOne(column, samples.map(row => row[column]?.trim() ?? '').filter(Boolean), paths));

/** how sure a suggestion must be to be followed unasked */
export const sure = 0.9;

/**
 * A mapping of columns as they are suggested. Columns of one attribute are joined, as parts of a name or an address are; of
 * other records the first one counts, as an amount is not made of two.
 */
export const mappingFrom = (suggestions: Suggestion[], of: 'customers' | 'records'): Record<string, string> => {
  const isFirst = ({ path }: Suggestion, nth: number) => suggestions.findIndex(other => other.path === path) === nth;
  const used = of === 'customers' ? suggestions : suggestions.filter(isFirst);
  return Object.fromEntries(used.map(({ column, path }) => [column, path]));
};
