import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Instant } from '../shared/contract.ts';
import { entity } from '../shared/entity.ts';

/** when the traits happened that a customer has from trackers: what happened before them fills gaps only */
export const identified = entity('identified', z.object({ customerId: CustomerId, at: Instant }), {
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'identified' }),
});
