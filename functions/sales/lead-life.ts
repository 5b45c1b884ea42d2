import { newId } from '../../events/ids.ts';
import { leadCreated } from '../../events/lead.ts';
import { type Change, first, insert, next, say, update } from '../shared/changes.ts';
import { Refusal } from '../shared/refusal.ts';
import { type Lead, leads } from './lead.ts';

/** what events of a lead tell of it */
export const told = ({ source, interest, value, ownerId }: Lead) => ({ source, interest, value, ownerId });

type Opening = Partial<Pick<Lead, 'customerId' | 'contact' | 'source' | 'interest' | 'value' | 'ownerId' | 'cause'>>;

const blank = {
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

/** a new lead and what writes it */
export const opened = (now: string, given: { [Field in keyof Opening]: Opening[Field] | undefined }) => {
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Opening;
  const lead: Lead = first(now, { ...blank, ...known, id: newId('lead', now) });
  const data = { ...told(lead), contact: lead.contact };
  const changes: Change[] = [
    insert(leads, lead),
    say(leadCreated, { customerId: lead.customerId, about: lead.id, data }),
  ];
  return { lead, changes };
};

/** a lead is worked on until it is qualified or disqualified */
export const needNew = ({ status, opportunityId }: Lead) => {
  if (status === 'new') return;
  throw new Refusal('conflict', 'lead.closed', `this lead is ${status}`, { extra: { opportunityId } });
};

/** a lead's next version and what writes it; `undefined` leaves a field as it is */
export const changed = (now: string, before: Lead, patch: { [Field in keyof Lead]?: Lead[Field] | undefined }) => {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Lead>;
  const lead = next(now, before, given);
  return { lead, write: update(leads, before, lead) };
};
