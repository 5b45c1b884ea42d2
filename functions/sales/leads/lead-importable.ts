import { checked } from '../../shared/http/parse.ts';
import { type Decided, type Deciding, type Fault, type Given, importable } from '../../shared/imports/importable.ts';
import { insert, update } from '../../shared/store/changes.ts';
import {
  type Customers,
  customerColumns,
  customerReferences,
  maxReferenceLength,
  referencePath,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import {
  applySteps,
  currencyColumn,
  fixed,
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
import { changedLead, disqualifiedLead, identifyContact, newLead } from './lead-changes.ts';
import { contactReferences, type LeadCustomer, leadCustomer } from './lead-customer.ts';
import { LeadFields } from './lead-routes.ts';

type Context = Deciding<Customers>;

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
const fixedFaults = (given: Given, { contact = {} }: LeadCustomer, before: StoredLead): Fault[] => {
  const old: Given = before.contact ?? {};
  const parts = Object.entries(contact).filter(([part, value]) => before.contact && old[part] !== value);
  const paths = parts.map(([part]) => `contact.${part}`);
  if (given.openedAt !== undefined && given.openedAt !== before.openedAt) paths.push('openedAt');
  return paths.map(path => ({ path, message: fixed('lead') }));
};

const change = (given: Given, before: StoredLead, { now, known }: Context): Decided<StoredLead> => {
  const customer = leadCustomer(given, known) ?? {};
  if ('faults' in customer) return rejected(...customer.faults);
  if (customer.customerId && before.customerId && customer.customerId !== before.customerId) {
    return rejected({ path: referencePath(given) ?? 'contact', message: 'is not the customer of this lead' });
  }
  const fields = checked(LeadFields, pick(given, ...patchable));
  if (!fields.success) return rejected(...rowFaults(fields));
  const { status = before.status } = given;
  const faults = fixedFaults(given, customer, before);
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
    externalId: { is: 'text', needed, most: maxReferenceLength, words: 'id leadid leadno leadnumber recid recordid' },
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
  lacks: () => undefined,
  lookUp: (store, rows) =>
    resolveCustomers(
      store,
      rows.flatMap(row => [...customerReferences(row), ...contactReferences(row)]),
    ),
  decide: ([{ given } = { given: {} }], before, context) =>
    before ? change(given, before, context) : create(given, context),
  written: (before, after) => [before ? update(leads, before, after) : insert(leads, after)],
});
