import { contactUnidentified } from '../../../events/customer.ts';
import { leadChanged, leadCreated, leadDisqualified } from '../../../events/lead.ts';
import { asOf } from '../../shared/events/as-of.ts';
import { created, type Emitted, emit, eventOf, updated } from '../../shared/store/changes.ts';
import { nulls } from '../../shared/store/records.ts';
import { leadClosed } from '../errors.ts';
import type { Changed } from '../fields.ts';
import { Lead, type StoredLead } from './lead.ts';

type Field = 'customerId' | 'contact' | 'source' | 'interest' | 'value' | 'ownerId' | 'cause' | 'externalId';
type NewLead = Pick<Lead, 'id'> & Partial<Pick<Lead, Field | 'openedAt'>>;

const blank = nulls(Lead);

export const newLead = (now: string, { openedAt = now, ...fields }: NewLead): Changed<StoredLead> => {
  const after: StoredLead = created(now, { ...blank, status: 'new' as const, ...fields, openedAt });
  return { after, events: [{ ...eventOf(leadCreated, after), ...asOf(now, openedAt) }] };
};

/** asks customers to identify the contact of a lead that has no customer */
export const identifyContact = ({ id, contact, customerId, openedAt }: Lead): Emitted[] =>
  contact && !customerId
    ? [emit(contactUnidentified, { about: id, data: { contact, source: 'lead' }, occurredAt: openedAt })]
    : [];

export const refuseClosedLead = ({ status, opportunityId }: Lead) => {
  if (status !== 'new') throw leadClosed(`The lead is ${status} and cannot change.`, { extra: { opportunityId } });
};

export const changedLead = (now: string, before: StoredLead, patch: Partial<Lead>): Changed<StoredLead> => {
  refuseClosedLead(before);
  const after = updated(now, before, patch);
  return { after, events: [eventOf(leadChanged, after)] };
};

export const disqualifiedLead = (now: string, before: StoredLead, reason: string, at = now): Changed<StoredLead> => {
  refuseClosedLead(before);
  const after = updated(now, before, { status: 'disqualified', reason });
  return { after, events: [{ ...eventOf(leadDisqualified, after, { reason }), ...asOf(now, at) }] };
};
