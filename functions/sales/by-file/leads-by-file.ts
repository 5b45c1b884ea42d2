import { isAhead } from '../../shared/events/as-of.ts';
import { type Decided, type Deciding, type Fault, type Given, importable } from '../../shared/imports/importable.ts';
import { insert, update } from '../../shared/store/changes.ts';
import { type Lead, leads, type StoredLead } from '../lead.ts';
import { disqualified, met, opened, patched } from '../lead-life.ts';
import { LeadFields } from '../lead-routes.ts';
import { currencyColumn } from './currency-column.ts';
import { inSteps, nothing, patching, type Step } from './in-steps.ts';
import { customerFields, type KnownNames, lookUpNames, mostNameCharacters, namesIn, namingPath } from './named-in.ts';
import { notSaid } from './not-said.ts';
import { rowFaults } from './row-faults.ts';
import { contactNames, type Whose, whoseLead } from './whose-lead.ts';

type Deciders = Deciding<KnownNames>;

/** what the API takes of a lead, as a row says it */
const fieldsIn = ({ externalId, source, interest, value, ownerId, openedAt }: Given) =>
  LeadFields.safeParse({ externalId, source, interest, value, ownerId, openedAt });

const unusual = (status: unknown): Fault[] => {
  if (status === undefined || status === 'new' || status === 'disqualified') return [];
  const qualified = 'a lead is qualified by POST /v1/leads/{id}/qualify, which opens its opportunity';
  return [{ path: 'status', message: status === 'qualified' ? qualified : 'is neither new nor disqualified' }];
};

const disqualifying = (now: string, { reason }: Given, at = now): Step<StoredLead> => ({
  path: 'status',
  take: before => {
    const { lead, said } = disqualified(now, before, String(reason ?? notSaid), at);
    return { after: lead, said };
  },
});

/** a lead that is heard of for the first time */
const anew = (given: Given, { now, known, newId }: Deciders): Decided<StoredLead> => {
  const whose = whoseLead(given, known);
  if (!whose) return nothing({ path: 'customerId', message: 'the row names no customer and no contact' });
  if ('faults' in whose) return nothing(...whose.faults);
  const fields = fieldsIn(given);
  const faults = [...(fields.success ? [] : rowFaults(fields.error)), ...unusual(given.status)];
  if (!fields.success || faults.length) return nothing(...faults);
  const { openedAt: at = now } = fields.data;
  if (isAhead(now, at)) return nothing({ path: 'openedAt', message: 'is in the future' });
  const openedAt = at < now ? at : now;
  const { lead, said } = opened(now, { ...fields.data, ...whose, openedAt, id: newId(at) as Lead['id'] });
  const ends = given.status === 'disqualified' ? [disqualifying(now, given, openedAt)] : [];
  return { ...inSteps(lead, [{ path: '', take: after => ({ after, said }) }, ...ends]), asked: met(lead) };
};

const fixed = 'does not change once a lead is known';

/** what of a known lead a row says otherwise, and no longer changes */
const otherwise = (given: Given, { contact = {} }: Whose, before: StoredLead): Fault[] => {
  const was: Given = before.contact ?? {};
  const said = Object.entries(contact).filter(([part, value]) => before.contact && was[part] !== value);
  const faults = said.map(([part]) => ({ path: `contact.${part}`, message: fixed }));
  if (given.openedAt === undefined || given.openedAt === before.openedAt) return faults;
  return [...faults, { path: 'openedAt', message: fixed }];
};

const patchedBy = (now: string) => (before: StoredLead, fresh: Given) => {
  const { lead, said } = patched(now, before, fresh);
  return { after: lead, said };
};

const stays = ({ status }: Lead): Fault[] => [{ path: 'status', message: `this lead is ${status}` }];

/** a known lead, told of again */
const again = (given: Given, before: StoredLead, { now, known }: Deciders): Decided<StoredLead> => {
  const whose = whoseLead(given, known) ?? {};
  if ('faults' in whose) return nothing(...whose.faults);
  if (whose.customerId && before.customerId && whose.customerId !== before.customerId) {
    return nothing({
      path: namingPath(given) ?? 'contact',
      message: 'is not the customer that the lead of this id is of',
    });
  }
  const fields = fieldsIn({ ...given, openedAt: undefined });
  if (!fields.success) return nothing(...rowFaults(fields.error));
  const { status } = given;
  const moves = status !== undefined && status !== before.status;
  const faults = [...otherwise(given, whose, before), ...(moves ? unusual(status) : [])];
  if (moves && status === 'new') faults.push(...stays(before));
  const { externalId, ...said } = fields.data;
  const ends = moves && status === 'disqualified' ? [disqualifying(now, given)] : [];
  return inSteps(before, [...patching(before, said, patchedBy(now)), ...ends], faults);
};

const needed = true;

export const leadsByFile = importable<StoredLead, KnownNames>({
  name: 'leads',
  area: 'sales',
  entity: leads,
  key: 'externalId',
  fields: {
    externalId: { is: 'text', needed, most: mostNameCharacters, words: 'id leadid leadno leadnumber recid recordid' },
    ...customerFields,
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
    lookUpNames(
      store,
      rows.flatMap(row => [...namesIn(row), ...contactNames(row)]),
    ),
  decide([row], before, how) {
    const given = row?.given ?? {};
    return before ? again(given, before, how) : anew(given, how);
  },
  written: (before, after) => [before ? update(leads, before, after) : insert(leads, after)],
});
