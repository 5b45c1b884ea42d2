import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** A customer of whom nothing was heard for long: to be looked at by somebody, or to be erased. */
export const InactiveCustomer = z.object({
  customerId: CustomerId,
  lastActiveAt: Instant,
  foundAt: Instant,
  then: z.enum(['review', 'erase']),
  eraseAt: Instant.optional().describe('when it is to be erased, unless somebody keeps it or it is heard of'),
});
export type InactiveCustomer = z.output<typeof InactiveCustomer>;

export const inactiveCustomers = entity('inactive-customer', InactiveCustomer, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'inactive' }),
  lists: { all: { by: () => 'all', sort: ({ foundAt, customerId }) => `${foundAt}#${customerId}` } },
});
