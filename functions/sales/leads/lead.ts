import * as z from 'zod';
import { Contact } from '../../../events/customer.ts';
import { CustomerId, LeadId, OpportunityId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Imported } from '../../shared/imports/importable.ts';
import { entity } from '../../shared/store/entity.ts';
import { leadAlreadyRequested, leadExternalIdTaken } from '../errors.ts';

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
  /** id of the trigger or campaign that requested it */
  cause: z.string().nullable(),
  /** why it was disqualified */
  reason: z.string().nullable(),
  opportunityId: OpportunityId.nullable(),
  openedAt: Instant,
  ...stamps,
});
export type Lead = z.output<typeof Lead>;

export const StoredLead = Lead.extend({ imported: Imported.optional() });
export type StoredLead = z.output<typeof StoredLead>;

/** a cause opens one lead of a customer at a time */
export const requestKey = ({ customerId, cause }: Pick<Lead, 'customerId' | 'cause'>) => `${customerId}#${cause}`;

export const leads = entity('lead', StoredLead, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 4 }, status: { by: ({ status }) => status, shards: 4 } },
  fact: { record: 'lead', shown: Lead },
  unique: {
    externalId: { taken: leadExternalIdTaken, of: ({ externalId }) => externalId },
    request: {
      taken: leadAlreadyRequested,
      of: lead => (lead.cause && lead.status === 'new' ? requestKey(lead) : undefined),
    },
  },
  upcasts: [old => ({ externalId: null, openedAt: old.createdAt, ...old })],
});
