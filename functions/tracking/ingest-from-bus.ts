import type * as z from 'zod';
import { log } from '../shared/aws/log.ts';
import { consumeExternal, type ExternalEvent } from '../shared/events/consume.ts';
import { ctxOf } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import type { Kind } from './endpoints.ts';
import { ingestCalls } from './ingest-calls.ts';

/** Ingests a call from the bus like one by HTTP. Invalid calls are recorded, not retried. */
export const ingestFromBus = async (event: z.output<typeof ExternalEvent>, now: string) => {
  const { source, time, 'detail-type': type, detail } = event;
  const { tenant, ...body } = detail;
  if (typeof tenant !== 'string' || !tenantName.test(tenant)) {
    log('warn', 'an event on the bus without a tenant', { id: event.id, type });
    return;
  }
  // a call without an id is identified by this event and its time; one with an id may come again as another event
  const call = body.messageId === undefined ? { messageId: event.id, timestamp: time, ...body } : body;
  const ctx = ctxOf({ tenant, actor: `source:bus:${source}`.slice(0, 200).toWellFormed(), now });
  const common = { client: { browser: false }, relayedAt: time };
  await ingestCalls(type as Kind, call, common, { ...ctx, endpoint: `bus ${type}` });
};

export const handler = consumeExternal('ingestFromBus', ingestFromBus);
