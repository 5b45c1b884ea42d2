import { contactUnidentified } from '../../events/customer.ts';
import { leadChanged, leadCreated, leadDisqualified } from '../../events/lead.ts';
import { asOf } from '../shared/events/as-of.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { created, emit, update, updated } from '../shared/store/changes.ts';
import { type Lead, leads, type StoredLead } from './lead.ts';

/** what events of a lead tell of it */
export const told = ({ source, interest, value, ownerId }: Lead) => ({ source, interest, value, ownerId });

type Field =
  | ('customerId' | 'contact' | 'source' | 'interest' | 'value' | 'ownerId' | 'cause')
  | ('externalId' | 'openedAt');
type Opening = Partial<Pick<Lead, Field>>;
type Patch = { [Field in keyof Lead]?: Lead[Field] | undefined };

const blank = {
  externalId: null,
  status: 'new',
  customerId: null,
  contact: null,
  source: null,
  interest: null,
  value: null,
  ownerId: null,
  cause: null,
  reason: null,
  opportunityId: null,
} as const;

const known = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** a new lead, and what is said of it as of when it was opened */
export const opened = (
  now: string,
  given: { id: Lead['id'] } & { [Field in keyof Opening]: Opening[Field] | undefined },
) => {
  const { openedAt = now, ...rest } = known(given) as Opening & Pick<Lead, 'id'>;
  const lead: StoredLead = created(now, { ...blank, ...rest, openedAt });
  const data = { ...told(lead), contact: lead.contact };
  const { customerId, id: about } = lead;
  return { lead, said: [emit(leadCreated, { customerId, about, data, ...asOf(now, openedAt) })] };
};

/** what has the customer behind a lead found or made, where only a contact is known */
export const met = ({ id, contact, customerId, openedAt }: Lead) =>
  contact && !customerId
    ? [emit(contactUnidentified, { about: id, data: { contact, source: 'lead' }, occurredAt: openedAt })]
    : [];

/** a lead is worked on until it is qualified or disqualified */
export const needNew = ({ status, opportunityId }: Lead) => {
  if (status === 'new') return;
  throw new ApiError('conflict', 'lead.closed', `this lead is ${status}`, { extra: { opportunityId } });
};

/** a lead's next version and what writes it; `undefined` leaves a field as it is */
export const changed = (now: string, before: StoredLead, patch: Patch) => {
  const lead = updated(now, before, known(patch) as Partial<Lead>);
  return { lead, write: update(leads, before, lead) };
};

/** a lead of which something else is known */
export const patched = (now: string, before: StoredLead, patch: Patch) => {
  needNew(before);
  const { lead } = changed(now, before, patch);
  return { lead, said: [emit(leadChanged, { customerId: lead.customerId, about: lead.id, data: told(lead) })] };
};

/** a lead that leads nowhere, as of an instant */
export const disqualified = (now: string, before: StoredLead, reason: string, at = now) => {
  needNew(before);
  const { lead } = changed(now, before, { status: 'disqualified', reason });
  const data = { ...told(lead), reason };
  const { customerId, id: about } = lead;
  return { lead, said: [emit(leadDisqualified, { customerId, about, data, ...asOf(now, at) })] };
};
