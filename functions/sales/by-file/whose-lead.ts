import type * as z from 'zod';
import { fieldErrors } from '../../shared/http/parse.ts';
import type { Fault, Given } from '../../shared/imports/importable.ts';
import type { Lead } from '../lead.ts';
import { Somebody } from '../lead-routes.ts';
import { customerOf, type KnownNames, whoIs } from './named-in.ts';

const contactParts = ['name', 'email', 'phone', 'company'] as const;

/** what a row's contact may be known by */
export const contactNames = (given: Given) =>
  (['email', 'phone'] as const).flatMap(type => {
    const value = given[`contact.${type}`];
    return value === undefined ? [] : [{ type, value: String(value) }];
  });

/** the somebody that a row tells of; `unknown`: also by what it names a customer that nobody has */
const contactIn = (given: Given, unknown: boolean) => {
  const named: Given = unknown ? { email: given['customer.email'], phone: given['customer.phone'] } : {};
  const said = contactParts.flatMap(part => {
    const value = given[`contact.${part}`] ?? named[part];
    return value === undefined ? [] : [[part, value]];
  });
  return said.length ? Somebody.safeParse(Object.fromEntries(said)) : undefined;
};

export type Whose = { customerId?: NonNullable<Lead['customerId']>; contact?: z.output<typeof Somebody> };

const erased = 'was an erased customer’s: an import does not bring it back';

/** the customer that a contact is, if that is known: an address says who it is, a number may be a household's */
const contactOf = (given: Given, known: KnownNames): Pick<Whose, 'customerId'> | { faults: Fault[] } => {
  const found = contactNames(given).map(name => ({ name, is: whoIs(name, known) }));
  const gone = found.find(({ is }) => 'not' in is && is.not === 'erased');
  if (gone) return { faults: [{ path: `contact.${gone.name.type}`, message: erased }] };
  const holder = found.find(({ name }) => name.type === 'email')?.is;
  return holder && 'id' in holder ? { customerId: holder.id } : {};
};

/** The customer that a lead is of, or the contact of nobody yet; undefined: the row says neither. */
export const whoseLead = (given: Given, known: KnownNames): Whose | { faults: Fault[] } | undefined => {
  const whose = customerOf(given, known);
  const nobody = whose !== undefined && 'fault' in whose ? whose : undefined;
  if (nobody && !nobody.isUnknown) return { faults: [nobody.fault] };
  const contact = contactIn(given, nobody !== undefined);
  if (!contact) return nobody ? { faults: [nobody.fault] } : (whose as Whose | undefined);
  if (!contact.success) {
    const under = (path: string) => (path ? `contact.${path}` : 'contact');
    const faults = fieldErrors(contact.error.issues);
    return { faults: faults.map(({ path, message }) => ({ path: under(path), message })) };
  }
  if (whose && 'customerId' in whose) return { customerId: whose.customerId, contact: contact.data };
  const found = contactOf(given, known);
  return 'faults' in found ? found : { ...found, contact: contact.data };
};
