import * as z from 'zod';
import { bySystem, event } from './define.ts';

export const eventRejected = event('sales', 'event.rejected', {
  ...bySystem,
  summary: 'an external event about an order, lead or opportunity was rejected, or taken in part only',
  data: () =>
    z.object({
      /** the detail-type and source that it came with */
      reported: z.string(),
      source: z.string(),
      /** the number or id of the record, if it has one */
      key: z.string().nullable(),
      /** whether the rest of it was taken */
      taken: z.boolean(),
      faults: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  example: {
    reported: 'order.reported',
    source: 'shop',
    key: 'A-2026-0118',
    taken: false,
    faults: [{ path: 'customer.externalId', message: 'matches no customer' }],
  },
});
