import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { RejectedEvent } from './rejected-event.ts';

export const rejectedEventRoutes = {
  listRejectedEvents: route('GET /v1/rejected-events', {
    summary: 'List the events about orders, leads and opportunities that were rejected on the bus, and why',
    scope: 'sales.read',
    query: z.strictObject(paging),
    reply: page(RejectedEvent),
  }),
};
