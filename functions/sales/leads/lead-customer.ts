import type * as z from 'zod';
import { checked, fieldErrors } from '../../shared/http/parse.ts';
import type { Fault, Given } from '../../shared/imports/importable.ts';
import { type Customers, customerOf, erasedFault, findReference } from '../importables/customer-columns.ts';
import type { Lead } from './lead.ts';
import { LeadContact } from './lead-routes.ts';

/** the references by which the contact of a row may be found */
export const contactReferences = (given: Given) =>
  (['email', 'phone'] as const).flatMap(type => {
    const value = given[`contact.${type}`];
    return value === undefined ? [] : [{ type, value: String(value) }];
  });

/** the contact of a row; `fallback`: also from the columns of a customer that does not exist */
const contactIn = (given: Given, fallback: boolean) => {
  const parts = (['name', 'email', 'phone', 'company'] as const).flatMap(part => {
    const value = given[`contact.${part}`] ?? (fallback ? given[`customer.${part}`] : undefined);
    return value === undefined ? [] : [[part, value]];
  });
  return parts.length ? checked(LeadContact, Object.fromEntries(parts)) : undefined;
};

export type LeadCustomer = { customerId?: NonNullable<Lead['customerId']>; contact?: z.output<typeof LeadContact> };

/** the customer of a contact, if it exists: an e-mail address identifies a person, a phone number may be shared */
const customerOfContact = (given: Given, customers: Customers): LeadCustomer | { faults: Fault[] } => {
  const found = contactReferences(given).map(({ type, value }) => ({
    type,
    customer: findReference({ type, value }, customers),
  }));
  const erased = found.find(({ customer }) => 'not' in customer && customer.not === 'erased');
  if (erased) return { faults: [{ path: `contact.${erased.type}`, message: erasedFault }] };
  const byEmail = found.find(({ type }) => type === 'email')?.customer;
  return byEmail && 'id' in byEmail ? { customerId: byEmail.id } : {};
};

/** the customer or contact of a lead in a row; undefined: the row has neither */
export const leadCustomer = (given: Given, customers: Customers): LeadCustomer | { faults: Fault[] } | undefined => {
  const customer = customerOf(given, customers);
  const missing = customer && 'fault' in customer ? customer : undefined;
  if (missing && !missing.isUnknown) return { faults: [missing.fault] };
  const contact = contactIn(given, missing !== undefined);
  if (!contact) return missing ? { faults: [missing.fault] } : (customer as LeadCustomer | undefined);
  if (!contact.success) {
    const faults = fieldErrors(contact.error.issues, ['contact']);
    return { faults };
  }
  if (customer && 'customerId' in customer) return { ...customer, contact: contact.data };
  const found = customerOfContact(given, customers);
  return 'faults' in found ? found : { ...found, contact: contact.data };
};
