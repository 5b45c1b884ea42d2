import * as z from 'zod';
import { TrackedIdentity } from '../../events/tracked.ts';
import { visitorPartition } from '../shared/events/anonymous-partition.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** Who a timer about an unknown visitor means: the timer has a digest. */
export const visitors = entity('visitor', z.object({ id: z.string(), identity: TrackedIdentity, at: Instant }), {
  onErase: 'delete',
  key: ({ id }: { id: string }) => ({ of: visitorPartition(id), part: main }),
  expires: ({ at }) => plus(at, 'P7D'),
});
