import * as z from 'zod';
import { eventRejected } from '../../../events/report.ts';
import { Instant } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';

/** An external event that was rejected, or taken in part, without its content. */
export const RejectedEvent = z.object({
  /** id of the event on the bus */
  id: z.string(),
  at: Instant,
  ...eventRejected.data.shape,
});

export const rejectedEvents = entity('rejected-event', RejectedEvent, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all', sort: ({ at }) => at } },
  expires: ({ at }) => plus(at, 'P30D'),
});
