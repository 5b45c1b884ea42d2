import { newId } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { Change } from '../shared/store/changes.ts';

/** The job that goes through all that is kept of an erased customer: at first, and whenever something came in late. */
export const startErasure = (erasureId: string, { now, actor }: Pick<Ctx, 'now' | 'actor'>): Change[] =>
  startJob(now, { id: newId('job', now), kind: 'erase', by: actor, input: { erasureId } }).changes;
