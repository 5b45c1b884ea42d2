import { withoutLegalForm } from '../../shared/similarity/organisation.ts';
import { searchable } from '../../shared/text/search-form.ts';
import { isUnverified } from '../attributes/provenance.ts';
import type { StoredCustomer } from '../customer.ts';
import { compact } from '../normalise.ts';
import { matchingEmail } from './email-keys.ts';

/** The normalised data that two customers are compared by; unknown parts are missing. */
export type Subject = {
  id: string;
  kind: StoredCustomer['kind'];
  given?: string;
  family?: string;
  organisation?: string;
  born?: string;
  number?: string;
  street?: string;
  district?: string;
  locality?: string;
  region?: string;
  postcode?: string;
  country?: string;
  phone?: string;
  email?: string;
  /** those of merged customers included */
  phones: string[];
  emails: string[];
  identifiers: Record<string, string>;
  /** the id that a source gave it */
  sourceIds: Record<string, string>;
};

/** identifiers that a customer has only one of; of others, such as cards, it may have several */
export const singleNumbers = ['national', 'tax'];

const normalised = (text: string | undefined) => (text && searchable(text)) || undefined;

/** given and family name, taken from the whole name if the parts are unknown */
const namesOf = ({ givenName, familyName, name }: StoredCustomer) => {
  if (givenName || familyName) return { given: normalised(givenName), family: normalised(familyName) };
  const words = searchable(name ?? '').split(' ');
  return { given: words.slice(0, -1).join(' ') || undefined, family: words.at(-1) || undefined };
};

const numberFirst = /^(?<number>\d+[a-z]?(?: \d+)*) (?<street>\D.*)$/;
const numberLast = /^(?<street>.*\D) (?<number>\d+[a-z]?)$/;
const numberOnly = /^(?<number>\d+[a-z]?)$/;

const streetWords: Record<string, string> = {
  ...{
    st: 'street',
    str: 'strasse',
    rd: 'road',
    ave: 'avenue',
    av: 'avenue',
    blvd: 'boulevard',
    dr: 'drive',
    ln: 'lane',
  },
  ...{ ct: 'court', sq: 'square', pl: 'place', hwy: 'highway', pkwy: 'parkway', cres: 'crescent', tce: 'terrace' },
};

/** the words of an address in one form, `St` at the end as `Street` */
const addressLine = (line: string | undefined) =>
  normalised(line)
    ?.replace(/(?<=\p{L}{4})str(?= |$)/u, 'strasse')
    .replace(/(?<= )[a-z]+(?=$| \d)/, word => streetWords[word] ?? word);

/** what is written where a date of birth is not known */
const placeholderDates = new Set(['00010101', '18991230', '18991231', '19000101', '19010101', '19700101', '99991231']);

const bornOn = (date: string | undefined) => {
  const digits = date?.replaceAll('-', '');
  return digits && placeholderDates.has(digits) ? undefined : digits;
};

const idsOf = (customer: StoredCustomer) => {
  const { origins = [], from = {} } = customer.provenance ?? {};
  const source = origins[from.externalId ?? 0]?.source;
  return source && customer.externalId ? { [source]: customer.externalId } : {};
};

const lineOf = (line: string | undefined): { number?: string; street?: string } => {
  const text = addressLine(line);
  const form = [numberFirst, numberLast, numberOnly].find(one => text && one.test(text));
  return text && form ? { ...text.match(form)?.groups } : { ...(text ? { street: text } : {}) };
};

const present = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };

const all = (one: string | undefined, others: string[] = []) => [...new Set([one ?? [], others].flat())];

const single = ['externalId', 'givenName', 'familyName', 'name', 'email', 'phone', 'dateOfBirth'];

/** a customer without what only public keys say: strangers decide nothing about who is the same */
const provenOf = (customer: StoredCustomer): StoredCustomer => {
  const { origins = [], from = {} } = customer.provenance ?? {};
  if (!origins.some(isUnverified)) return customer;
  const isKnown = (attribute: string) => {
    const origin = origins[from[attribute] ?? 0];
    return origin !== undefined && !isUnverified(origin);
  };
  const parts = (name: 'address' | 'identifiers') =>
    Object.fromEntries(Object.entries(customer[name] ?? {}).filter(([part]) => isKnown(`${name}.${part}`)));
  const known = Object.entries(customer).filter(([name]) => !single.includes(name) || isKnown(name));
  const isComposed = customer.kind === 'person' && (customer.givenName ?? customer.familyName) !== undefined;
  return {
    ...Object.fromEntries(isComposed ? known.filter(([name]) => name !== 'name') : known),
    address: parts('address'),
    identifiers: parts('identifiers'),
  } as StoredCustomer;
};

export const subjectOf = (customer: StoredCustomer): Subject => {
  const proven = provenOf(customer);
  const { id, kind, address = {}, dateOfBirth, phone, email, identifiers = {}, mergedIdentifiers } = proven;
  const ofPerson = kind === 'person' ? namesOf(proven) : {};
  const ofOrganisation = kind === 'person' ? {} : { organisation: withoutLegalForm(proven.name ?? '') || undefined };
  const line2 = addressLine(address.line2);
  const numbers = Object.entries(identifiers).map(([name, value]) => [name, compact(value)]);
  return {
    id,
    kind,
    phones: all(phone, mergedIdentifiers?.phone),
    emails: all(email, mergedIdentifiers?.email).map(matchingEmail),
    identifiers: Object.fromEntries(numbers.filter(([, value]) => value)),
    sourceIds: idsOf(proven),
    ...present({
      ...ofPerson,
      ...ofOrganisation,
      ...lineOf(address.line1),
      born: bornOn(dateOfBirth),
      district: line2 === addressLine(address.line1) ? undefined : line2,
      locality: normalised(address.locality),
      region: normalised(address.region),
      postcode: address.postcode && compact(address.postcode),
      country: address.country,
      phone,
      email: email && matchingEmail(email),
    }),
  };
};
