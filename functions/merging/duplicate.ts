import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CustomerId, idFrom, idOf } from '../../events/ids.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** accepted: they were merged, by accepting it or otherwise · closed: they no longer look alike, or one was merged or erased */
export const states = ['open', 'accepted', 'rejected', 'closed'] as const;

export const Duplicate = z.object({
  id: idOf('duplicate'),
  customers: z.tuple([CustomerId, CustomerId]).describe('the two records, in the order of their ids'),
  probability: z.number().describe('that they are of one customer, 0 to 1'),
  reasons: z
    .array(z.string())
    .describe('the evidence for (+) and against (-) it, in bits: each bit doubles or halves the odds'),
  state: z.enum(states),
  decidedBy: z.string().optional().describe('who accepted or rejected it'),
  ...stamps,
});
export type Duplicate = z.output<typeof Duplicate>;

export const StoredDuplicate = Duplicate.extend({
  /** digest of the identities of both at the rejection: the pair is not proposed again until one changes */
  rejectedAs: z.string().optional(),
});
export type StoredDuplicate = z.output<typeof StoredDuplicate>;

export const duplicates = entity('duplicate', StoredDuplicate, {
  onErase: 'delete',
  lists: {
    // the most probable first, to six decimals
    state: { by: ({ state }) => state, sort: ({ probability }) => probability.toFixed(6), shards: 4 },
  },
  entries: { customer: { of: ({ customers }) => customers } },
});

type Customer = Duplicate['customers'][number];

export const inOrder = (a: Customer, b: Customer): [Customer, Customer] => (a < b ? [a, b] : [b, a]);

export const duplicateId = (a: Customer, b: Customer) =>
  idFrom('duplicate', createHash('sha256').update(inOrder(a, b).join(' ')).digest());
