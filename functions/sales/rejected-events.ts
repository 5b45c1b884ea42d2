import * as z from 'zod';
import { eventRejected } from '../../events/report.ts';
import { handlers, Instant, lists, route } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** An external event that was rejected, or taken in part, without its content. */
const RejectedEvent = z.object({
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

export const rejectedEventRoutes = {
  listRejectedEvents: route('GET /v1/rejected-events', {
    summary: 'List the events about orders, leads and opportunities that were rejected on the bus, and why',
    scope: 'sales.read',
    ...lists(RejectedEvent),
  }),
};

export const rejectedEventHandlers = handlers(rejectedEventRoutes, {
  listRejectedEvents: ({ query }, { store }) => store.list(rejectedEvents, 'all', 'all', query),
});
