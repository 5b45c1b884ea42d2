import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** A customer without activity for long: to be reviewed, or to be erased. */
export const InactiveCustomer = z.object({
  customerId: CustomerId,
  lastActiveAt: Instant,
  foundAt: Instant,
  then: z.enum(['review', 'erase']),
  eraseAt: Instant.optional().describe('when it is to be erased, unless it is retained or becomes active before'),
});
export type InactiveCustomer = z.output<typeof InactiveCustomer>;

export const inactiveCustomers = entity('inactive-customer', InactiveCustomer, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'inactive' }),
  lists: { all: { by: () => 'all', sort: ({ foundAt, customerId }) => `${foundAt}#${customerId}` } },
});

/** when a customer was last active: the events that show it may be discarded before the customer is */
export const lastActivities = entity('last-activity', z.object({ customerId: CustomerId, at: Instant }), {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'activity' }),
});
