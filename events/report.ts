import * as z from 'zod';
import { bySystem, event } from './define.ts';

export const eventRejected = event('sales', 'event.rejected', bySystem, {
  summary: 'an event of another system about an order, lead or opportunity was rejected, in whole or in part',
  data: () =>
    z.object({
      /** its detail-type; `source`: its source */
      reported: z.string(),
      source: z.string(),
      /** the number or id of the record, where it has one */
      key: z.string().nullable(),
      /** the rest of it was accepted */
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
