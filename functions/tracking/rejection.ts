import * as z from 'zod';
import { idOf, newId } from '../../events/ids.ts';
import { log } from '../shared/aws/log.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import type { Rejected } from './message.ts';

const mostReasons = 50;

export const Rejection = z.object({
  id: idOf('rejection'),
  at: Instant,
  source: z.string(),
  endpoint: z.string(),
  rejected: z.int(),
  /** the first of them; `index` is the place in the batch */
  reasons: z.array(
    z.object({ index: z.int(), type: z.string().nullable(), messageId: z.string().nullable(), reason: z.string() }),
  ),
});

export const rejections = entity('rejection', Rejection, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
  expires: ({ at }) => plus(at, 'P3D'),
});

export const recordRejections = async (endpoint: string, rejected: Rejected[], { store, actor, now }: Ctx) => {
  if (!rejected.length) return;
  log('info', 'calls rejected', { endpoint, rejected: rejected.length, actor });
  const reasons = rejected.slice(0, mostReasons);
  const source = actor.replace(/^source:/, '');
  const id = newId('rejection', now);
  await store.commit([put(rejections, { id, at: now, source, endpoint, rejected: rejected.length, reasons })]);
};
