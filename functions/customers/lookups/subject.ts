import { withoutLegalForm } from '../../shared/similarity/organisation.ts';
import { searchable } from '../../shared/text/search-form.ts';
import type { StoredCustomer } from '../customer.ts';
import { compact } from '../normalise.ts';
import { matchingEmail } from './email-parts.ts';

/** What of a customer two records are compared by, made comparable once. What is not known is not there. */
export type Subject = {
  id: string;
  kind: StoredCustomer['kind'];
  given?: string;
  family?: string;
  /** of an organisation, without its legal form */
  organisation?: string;
  /** yyyymmdd */
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
  /** of those merged into it as well */
  phones: string[];
  emails: string[];
  identifiers: Record<string, string>;
};

/** numbers that a person or organisation has one of; of other kinds, such as cards, it may have several */
export const singleNumbers = ['national', 'tax'];

const said = (text: string | undefined) => (text && searchable(text)) || undefined;

/** given and family name, taken from the whole name where the parts are not known */
const namesOf = ({ givenName, familyName, name }: StoredCustomer) => {
  if (givenName || familyName) return { given: said(givenName), family: said(familyName) };
  const words = searchable(name ?? '').split(' ');
  return { given: words.slice(0, -1).join(' ') || undefined, family: words.at(-1) || undefined };
};

const numberFirst = /^(?<number>\d+[a-z]?(?: \d+)*) (?<street>\D.*)$/;
const numberLast = /^(?<street>.*\D) (?<number>\d+[a-z]?)$/;
const numberOnly = /^(?<number>\d+[a-z]?)$/;

/** `12a Long Street`, `Lange Straße 12a`: the number apart from the street */
const lineOf = (line: string | undefined): { number?: string; street?: string } => {
  const text = said(line);
  const form = [numberFirst, numberLast, numberOnly].find(one => text && one.test(text));
  return text && form ? { ...text.match(form)?.groups } : { ...(text ? { street: text } : {}) };
};

const present = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };

const all = (one: string | undefined, others: string[] = []) => [...new Set([one ?? [], others].flat())];

export const subjectOf = (customer: StoredCustomer): Subject => {
  const { id, kind, address = {}, dateOfBirth, phone, email, identifiers = {}, also } = customer;
  const ofPerson = kind === 'person' ? namesOf(customer) : {};
  const ofOrganisation = kind === 'person' ? {} : { organisation: withoutLegalForm(customer.name ?? '') || undefined };
  const numbers = Object.entries(identifiers).map(([name, value]) => [name, compact(value)]);
  return {
    id,
    kind,
    phones: all(phone, also?.phone),
    emails: all(email, also?.email).map(matchingEmail),
    identifiers: Object.fromEntries(numbers.filter(([, value]) => value)),
    ...present({
      ...ofPerson,
      ...ofOrganisation,
      ...lineOf(address.line1),
      born: dateOfBirth?.replaceAll('-', ''),
      district: said(address.line2),
      locality: said(address.locality),
      region: said(address.region),
      postcode: address.postcode && compact(address.postcode),
      country: address.country,
      phone,
      email: email && matchingEmail(email),
    }),
  };
};
