import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

const rememberedDays = 7;

/** a message that was stored under another time than its own, so that it is recognised when it is sent again */
export const trackedMessages = entity('trackedMessage', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => new Date(Date.parse(at) + rememberedDays * 86_400_000).toISOString(),
});
