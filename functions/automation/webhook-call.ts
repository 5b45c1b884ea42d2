import * as z from 'zod';
import { deduplicationDays, Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** That a call was made, or given up; stored as long as its request may be delivered again. */
export const webhookCalls = entity('webhook-call', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, `P${deduplicationDays}D`),
});
