import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

const keptDays = 3;

/** A request of which calls were rejected, without what they said. */
export const Rejection = z.object({
  id: idOf('rejection'),
  at: Instant,
  /** write key or bus source that they came by */
  source: z.string(),
  /** the route, or the detail-type on the bus */
  inlet: z.string(),
  rejected: z.int(),
  /** the first of them; `index` is the place in the batch */
  reasons: z.array(
    z.object({ index: z.int(), type: z.string().nullable(), messageId: z.string().nullable(), reason: z.string() }),
  ),
});

export const rejections = entity('rejection', Rejection, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
  expires: ({ at }) => new Date(Date.parse(at) + keptDays * 86_400_000).toISOString(),
});
