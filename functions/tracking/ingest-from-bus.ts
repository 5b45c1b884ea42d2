import { consumeReported } from '../shared/events/consume.ts';
import { subscriptions } from './contract.ts';
import type { Kind } from './endpoints.ts';
import { ingestCalls } from './ingest-calls.ts';

/** Ingests a call from the bus like one by HTTP. Invalid calls are recorded, not retried. */
export const reaction = consumeReported('ingestFromBus', subscriptions.ingestFromBus, async (event, ctx) => {
  const { time, 'detail-type': type, detail } = event;
  const { tenant: _, ...body } = detail;
  // a call without an id is identified by this event and its time; one with an id may come again as another event
  const call = body.messageId === undefined ? { messageId: event.id, timestamp: time, ...body } : body;
  const common = { client: { browser: false }, relayedAt: time };
  await ingestCalls(type as Kind, call, common, { ...ctx, endpoint: `bus ${type}` });
});
