import { newId } from '../../events/ids.ts';
import { log } from '../shared/aws/log.ts';
import type { Ctx } from '../shared/http/context.ts';
import { put } from '../shared/store/changes.ts';
import type { Rejected } from './message.ts';
import { rejections } from './rejection.ts';

const mostReasons = 50;

/** notes rejected calls where whoever set the tracker up can see them */
export const noteRejected = async (inlet: string, rejected: Rejected[], { store, actor, now }: Ctx) => {
  if (!rejected.length) return;
  log('info', 'calls rejected', { inlet, rejected: rejected.length, actor });
  const reasons = rejected.slice(0, mostReasons);
  const source = actor.replace(/^source:/, '');
  await store.commit([
    put(rejections, { id: newId('rejection', now), at: now, source, inlet, rejected: rejected.length, reasons }),
  ]);
};
