import type * as z from 'zod';
import { ctxOf } from '../shared/context.ts';
import { type ForeignEvent, listenForeign } from '../shared/listen.ts';
import { log } from '../shared/log.ts';
import { tenantName } from '../shared/principal.ts';
import type { Kind } from './message.ts';
import { takeCalls } from './take-calls.ts';

const nobody = { ip: undefined, userAgent: undefined, browser: false };

/** A call that somebody put on the bus takes the same road as one by HTTP. What is wrong with it is noted, not tried again. */
export const takeFromBus = async (event: z.output<typeof ForeignEvent>, now: string) => {
  const { tenant, ...body } = event.detail;
  if (typeof tenant !== 'string' || !tenantName.test(tenant)) {
    log('warn', 'an event on the bus names no tenant', { id: event.id, type: event['detail-type'] });
    return;
  }
  const actor = `source:bus:${event.source}`.slice(0, 200);
  const ctx = ctxOf({ tenant, actor, now });
  const { messageId = event.id, timestamp = event.time } = body;
  const inlet = `bus ${event['detail-type']}`;
  await takeCalls(
    event['detail-type'] as Kind,
    { ...body, messageId, timestamp },
    { client: nobody },
    { ...ctx, inlet },
  );
};

export const handler = listenForeign('takeFromBus', takeFromBus);
