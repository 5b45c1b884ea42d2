import * as z from 'zod';
import { Contact } from '../../../events/customer.ts';
import { CustomerId, LeadId, OpportunityId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Imported } from '../../shared/imports/importable.ts';
import { entity } from '../../shared/store/entity.ts';
import { leadAlreadyRequested, leadExternalIdTaken } from '../errors.ts';
import { leadReleased, WaitingLead } from './waiting-lead.ts';

export const LeadStatus = z.enum(['new', 'qualified', 'disqualified']);

/** A possible sale. It has no customer until its contact is identified. */
export const Lead = z.object({
  id: LeadId,
  /** the id in another system; unique */
  externalId: z.string().nullable(),
  status: LeadStatus,
  customerId: CustomerId.nullable(),
  contact: Contact.nullable(),
  source: z.string().nullable(),
  interest: z.string().nullable(),
  value: Money.nullable(),
  ownerId: z.string().nullable(),
  /** where it is in the way of the company from a first contact to an opportunity */
  stage: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  /** the assignment rule that gave it to its owner, or under which it waits */
  ruleId: z.string().nullable(),
  assignedAt: Instant.nullable(),
  /** when it goes to somebody else, unless it was responded to */
  respondBy: Instant.nullable(),
  respondedAt: Instant.nullable(),
  /** id of the trigger or campaign that requested it */
  cause: z.string().nullable(),
  /** why it was disqualified */
  reason: z.string().nullable(),
  opportunityId: OpportunityId.nullable(),
  openedAt: Instant,
  ...stamps,
});
export type Lead = z.output<typeof Lead>;

export const StoredLead = Lead.extend({ waiting: WaitingLead.nullable(), imported: Imported.optional() });
export type StoredLead = z.output<typeof StoredLead>;

/** what a lead has that was not assigned by a rule */
export const unassigned = { ruleId: null, assignedAt: null, respondBy: null, respondedAt: null, waiting: null };

/** a cause opens one lead of a customer at a time */
export const requestKey = ({ customerId, cause }: Pick<Lead, 'customerId' | 'cause'>) => `${customerId}#${cause}`;

export const leads = entity('lead', StoredLead, {
  onMerge: 'follow',
  onErase: before => ({ changes: leadReleased(before) }),
  owner: ({ customerId }) => customerId,
  lists: {
    all: { by: () => 'all', shards: 4 },
    status: { by: ({ status }) => status, shards: 4 },
    owner: { by: ({ status, ownerId }) => (status === 'new' ? (ownerId ?? undefined) : undefined) },
  },
  fact: { record: 'lead', shown: Lead },
  unique: {
    externalId: { taken: leadExternalIdTaken, of: ({ externalId }) => externalId },
    request: {
      taken: leadAlreadyRequested,
      of: lead => (lead.cause && lead.status === 'new' ? requestKey(lead) : undefined),
    },
  },
  upcasts: [
    old => ({ externalId: null, openedAt: old.createdAt, ...old }),
    old => ({ ...unassigned, stage: null, attributes: {}, ...old }),
  ],
});
