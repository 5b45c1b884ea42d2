import * as z from 'zod';
import { StoredCustomer } from '../customers/customer.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** What an import that is only tried out would have done: a customer or another record as it would be, or who would hold a key. */
const Rehearsed = z.object({
  importId: z.string(),
  id: z.string(),
  customer: StoredCustomer.optional(),
  record: z.json().optional(),
  holder: z.string().nullable().optional(),
  until: Instant,
});

/** those of an import lie together */
export const rehearsed = entity('rehearsed', Rehearsed, {
  onErase: 'delete',
  area: 'imports',
  key: ({ importId, id }: { importId: string; id: string }) => ({ of: ['rehearsed', importId], part: id }),
  expires: ({ until }) => until,
});

/** how long they are kept */
export const rehearsedFor = 'P1D';
