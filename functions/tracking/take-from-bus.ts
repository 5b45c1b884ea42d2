import type * as z from 'zod';
import { log } from '../shared/aws/log.ts';
import { consumeExternal, type ExternalEvent } from '../shared/events/consume.ts';
import { ctxOf } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import type { Kind } from './inlets.ts';
import { takeCalls } from './take-calls.ts';

/** A call that somebody put on the bus takes the same road as one by HTTP. What is wrong with it is noted, not tried again. */
export const takeFromBus = async (event: z.output<typeof ExternalEvent>, now: string) => {
  const { source, time, 'detail-type': type, detail } = event;
  const { tenant, ...body } = detail;
  if (typeof tenant !== 'string' || !tenantName.test(tenant)) {
    log('warn', 'an event on the bus names no tenant', { id: event.id, type });
    return;
  }
  // without an id of its own a call is this event, sent at its time; with one it may be sent again as another event
  const call = body.messageId === undefined ? { messageId: event.id, timestamp: time, ...body } : body;
  const ctx = ctxOf({ tenant, actor: `source:bus:${source}`.slice(0, 200).toWellFormed(), now });
  const around = { client: { browser: false }, heardAt: time };
  await takeCalls(type as Kind, call, around, { ...ctx, inlet: `bus ${type}` });
};

export const handler = consumeExternal('takeFromBus', takeFromBus);
