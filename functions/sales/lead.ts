import * as z from 'zod';
import { Contact } from '../../events/customer.ts';
import { CustomerId, LeadId, OpportunityId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Imported } from '../shared/imports/importable.ts';
import { entity } from '../shared/store/entity.ts';

export const LeadStatus = z.enum(['new', 'qualified', 'disqualified']);

/** Somebody who may want to buy. Until its contact is recognised it has no customer. */
export const Lead = z.object({
  id: LeadId,
  /** the id that another system knows it by; unique */
  externalId: z.string().nullable(),
  status: LeadStatus,
  customerId: CustomerId.nullable(),
  contact: Contact.nullable(),
  source: z.string().nullable(),
  interest: z.string().nullable(),
  value: Money.nullable(),
  ownerId: z.string().nullable(),
  /** id of the trigger, campaign … that asked for it */
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

/** one cause has one open lead of a customer at a time */
export const requestOf = ({ customerId, cause }: Pick<Lead, 'customerId' | 'cause'>) => `${customerId}#${cause}`;

export const leads = entity('lead', StoredLead, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 4 }, status: { by: ({ status }) => status, shards: 4 } },
  unique: {
    externalId: { code: 'lead.external-id-taken', of: ({ externalId }) => externalId },
    request: {
      code: 'lead.requested-already',
      of: lead => (lead.cause && lead.status === 'new' ? requestOf(lead) : undefined),
    },
  },
  upcasts: [old => ({ externalId: null, openedAt: old.createdAt, ...old })],
});
