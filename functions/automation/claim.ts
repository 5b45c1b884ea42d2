import * as z from 'zod';
import { deduplicationDays, Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** That a trigger was evaluated for an event, or a call was made or given up; stored as long as its cause may be delivered again. */
export const claims = entity('automation-claim', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, `P${deduplicationDays}D`),
});
