import { contactUnidentified } from '../../../events/customer.ts';
import { leadChanged, leadCreated, leadDisqualified } from '../../../events/lead.ts';
import { asOf } from '../../shared/events/as-of.ts';
import { isSameJson } from '../../shared/json.ts';
import {
  type Change,
  created,
  type Emitted,
  emit,
  eventOf,
  insert,
  remove,
  save,
  updated,
} from '../../shared/store/changes.ts';
import { nulls } from '../../shared/store/records.ts';
import { leadClosed } from '../errors.ts';
import type { Changed } from '../fields.ts';
import { Lead, leads, type StoredLead, unassigned } from './lead.ts';
import { leadLoadChanges } from './lead-load.ts';
import { waitingLeads } from './waiting-lead.ts';

type Field =
  | ('customerId' | 'contact' | 'source' | 'interest' | 'value' | 'ownerId' | 'cause' | 'externalId')
  | ('stage' | 'attributes');
type NewLead = Pick<Lead, 'id'> & Partial<Pick<Lead, Field | 'openedAt'>>;

const blank = nulls(Lead);

/** the changes that write a lead, with its place among those that wait and the open leads of its owner */
export const writeLead = (before: StoredLead | undefined, after: StoredLead): Change[] => {
  const [was, is] = [before?.waiting, after.waiting];
  const isPlaced = was && is && isSameJson(was, is);
  const places = isPlaced
    ? []
    : [...(was ? [remove(waitingLeads, was)] : []), ...(is ? [insert(waitingLeads, is)] : [])];
  return [save(leads, before, after), ...places, ...leadLoadChanges(before, after)];
};

export const newLead = (now: string, { openedAt = now, ...fields }: NewLead): Changed<StoredLead> => {
  const after: StoredLead = created(now, {
    ...blank,
    ...{ status: 'new' as const, attributes: {}, waiting: null },
    ...fields,
    openedAt,
  });
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
  // who gives it to somebody by hand takes it from the rules
  const own = patch.ownerId === undefined || patch.ownerId === before.ownerId ? {} : unassigned;
  const after = updated(now, before, { ...own, ...patch });
  return { after, events: [eventOf(leadChanged, after)] };
};

export const disqualifiedLead = (now: string, before: StoredLead, reason: string, at = now): Changed<StoredLead> => {
  refuseClosedLead(before);
  const after = updated(now, before, { status: 'disqualified', reason, waiting: null });
  return { after, events: [{ ...eventOf(leadDisqualified, after, { reason }), ...asOf(now, at) }] };
};
