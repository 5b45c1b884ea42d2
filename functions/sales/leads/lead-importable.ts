import type * as z from 'zod';
import { checked, fieldErrors } from '../../shared/http/parse.ts';
import { type Decided, type Deciding, type Fault, type Given, importable } from '../../shared/imports/importable.ts';
import {
  type Customers,
  customerColumns,
  customerOf,
  customerReferences,
  erasedFault,
  findReference,
  keyColumn,
  referencePath,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import {
  applySteps,
  currencyColumn,
  fixedFaults,
  futureFaults,
  noReason,
  notAfter,
  patchSteps,
  pick,
  rejected,
  rowFaults,
  type Step,
} from '../importables/steps.ts';
import { type Lead, leads, type StoredLead } from './lead.ts';
import { changedLead, disqualifiedLead, identifyContact, newLead, writeLead } from './lead-changes.ts';
import { LeadContact, LeadFields } from './lead-routes.ts';

type Context = Deciding<Customers>;

/** the references by which the contact of a row may be found */
const contactReferences = (given: Given) =>
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

type LeadCustomer = { customerId?: NonNullable<Lead['customerId']>; contact?: z.output<typeof LeadContact> };

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
const leadCustomer = (given: Given, customers: Customers): LeadCustomer | { faults: Fault[] } | undefined => {
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

const patchable = ['source', 'interest', 'value', 'ownerId'];

const statusFaults = (status: unknown): Fault[] => {
  if (status === undefined || status === 'new' || status === 'disqualified') return [];
  const qualified = 'cannot be imported as qualified: use POST /v1/leads/{id}/qualify';
  return [{ path: 'status', message: status === 'qualified' ? qualified : 'is not one of new, disqualified' }];
};

const disqualify = (now: string, { reason = noReason }: Given, at = now): Step<StoredLead> => ({
  path: 'status',
  apply: before => disqualifiedLead(now, before, String(reason), at),
});

const create = (given: Given, { now, known, newId }: Context): Decided<StoredLead> => {
  const customer = leadCustomer(given, known);
  if (!customer) return rejected({ path: 'customerId', message: 'the row has no customer and no contact' });
  if ('faults' in customer) return rejected(...customer.faults);
  const fields = checked(LeadFields, pick(given, ...patchable, 'externalId', 'openedAt'));
  const faults = [...rowFaults(fields), ...statusFaults(given.status), ...futureFaults(now, given, 'openedAt')];
  if (!fields.success || faults.length) return rejected(...faults);
  const { openedAt: at = now } = fields.data;
  const openedAt = notAfter(now, at);
  const lead = newLead(now, { ...fields.data, ...customer, openedAt, id: newId(at) as Lead['id'] });
  const end = given.status === 'disqualified' ? [disqualify(now, given, openedAt)] : [];
  return { ...applySteps(lead, end), requests: identifyContact(lead.after) };
};

/** the fields of an existing lead that a row changes and that cannot change */
const fixedIn = (given: Given, { contact }: LeadCustomer, before: StoredLead): Fault[] => [
  ...(before.contact ? fixedFaults('lead', before.contact, contact ?? {}) : []).map(fault => ({
    ...fault,
    path: `contact.${fault.path}`,
  })),
  ...fixedFaults('lead', before, pick(given, 'openedAt')),
];

const change = (given: Given, before: StoredLead, { now, known }: Context): Decided<StoredLead> => {
  const customer = leadCustomer(given, known) ?? {};
  if ('faults' in customer) return rejected(...customer.faults);
  if (customer.customerId && before.customerId && customer.customerId !== before.customerId) {
    return rejected({ path: referencePath(given) ?? 'contact', message: 'is not the customer of this lead' });
  }
  const fields = checked(LeadFields, pick(given, ...patchable));
  if (!fields.success) return rejected(...rowFaults(fields));
  const { status = before.status } = given;
  const faults = fixedIn(given, customer, before);
  if (status !== before.status) faults.push(...statusFaults(status));
  if (status !== before.status && status === 'new') {
    faults.push({ path: 'status', message: `The lead is ${before.status} and cannot change.` });
  }
  const end = status !== before.status && status === 'disqualified' ? [disqualify(now, given)] : [];
  const patch = patchSteps(before, fields.data, (lead, changes) => changedLead(now, lead, changes));
  return applySteps({ after: before, events: [] }, [...patch, ...end], faults);
};

const needed = true;

export const importableLeads = importable<StoredLead, Customers>({
  name: 'leads',
  area: 'sales',
  entity: leads,
  key: 'externalId',
  fields: {
    externalId: keyColumn('id leadid leadno leadnumber recid recordid'),
    ...customerColumns,
    'contact.name': { is: 'text', words: 'name fullname contactname contact' },
    'contact.email': { is: 'email', needed },
    'contact.phone': { is: 'text' },
    'contact.company': { is: 'text', words: 'company companyname organisation organization firma' },
    source: { is: 'text', words: 'leadsource origin channel quelle' },
    interest: { is: 'text', words: 'product model interestedin topic subject' },
    currency: currencyColumn,
    value: { is: 'money', words: 'amount leadvalue estimatedvalue wert' },
    ownerId: { is: 'text', words: 'owner salesperson assignedto' },
    status: { is: 'word', needed, words: 'leadstatus state' },
    reason: { is: 'text', words: 'lostreason disqualificationreason' },
    openedAt: { is: 'instant', needed, words: 'createdat createddate created date datum fecha leaddate' },
  },
  written: writeLead,
  lookUp: (store, rows) =>
    resolveCustomers(
      store,
      rows.flatMap(row => [...customerReferences(row), ...contactReferences(row)]),
    ),
  decide: ([{ given } = { given: {} }], before, context) =>
    before ? change(given, before, context) : create(given, context),
});
