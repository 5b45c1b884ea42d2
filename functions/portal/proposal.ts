import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { type Customer, ProfilePatch } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { changeable } from './portal-settings.ts';

const picked = Object.fromEntries(changeable.map(name => [name, true])) as Record<(typeof changeable)[number], true>;

export const ProposedPatch = ProfilePatch.pick(picked);
export type ProposedPatch = z.output<typeof ProposedPatch>;

export const ProposalState = z.enum(['open', 'accepted', 'rejected']);

/** A change that a customer requested and staff reviews. */
export const Proposal = z.object({
  id: idOf('proposal'),
  customerId: CustomerId,
  state: ProposalState,
  patch: ProposedPatch,
  /** the values at the time of the request */
  was: z.record(z.string(), z.json()),
  /** who had the token issued that it was requested with; null: the customer signed in */
  issuer: z.string().nullish(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
  ...stamps,
});
export type Proposal = z.output<typeof Proposal>;

export const proposals = entity('proposal', Proposal, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'profile',
  owner: ({ customerId }) => customerId,
  lists: { state: { by: ({ state }) => state } },
});

/** the values of a record in the fields of a patch */
export const valuesOf = (customer: Customer, patch: object): Proposal['was'] =>
  Object.fromEntries(Object.keys(patch).map(name => [name, (customer[name as keyof Customer] ?? null) as never]));

/** the origin of changes by a signed-in customer: verified, and above other sources */
export const byCustomer = (issuer?: string | null) =>
  ({
    source: 'customer',
    verified: {
      by: issuer ? 'staff' : 'customer',
      method: `entered in the portal${issuer ? ` with a token of ${issuer}` : ''}`.slice(0, 100),
    },
    decides: true,
  }) as const;
