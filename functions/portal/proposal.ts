import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { type Customer, ProfilePatch } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { changeable } from './portal-settings.ts';

const picked = Object.fromEntries(changeable.map(name => [name, true])) as Record<(typeof changeable)[number], true>;

/** what a customer asks to be changed (JSON Merge Patch) */
export const ProposedPatch = ProfilePatch.pick(picked);
export type ProposedPatch = z.output<typeof ProposedPatch>;

/** A change of its record that a customer asked for and somebody has to agree to. */
export const Proposal = z.object({
  id: idOf('proposal'),
  customerId: CustomerId,
  state: z.enum(['open', 'accepted', 'rejected']),
  patch: ProposedPatch,
  /** what the fields said when it was asked for */
  was: z.record(z.string(), z.json()),
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

/** what the fields of a patch say in a record */
export const valuesOf = (customer: Customer, patch: object): Proposal['was'] =>
  Object.fromEntries(Object.keys(patch).map(name => [name, (customer[name as keyof Customer] ?? null) as never]));
