import { newId } from '../../../../events/ids.ts';
import type { Change } from '../../../shared/changes.ts';
import type { Ctx } from '../../../shared/context.ts';
import { started } from '../../jobs/job.ts';

/** The job that goes through all that is kept of an erased customer: at first, and whenever something came in late. */
export const goThrough = (erasureId: string, { now, actor }: Pick<Ctx, 'now' | 'actor'>): Change[] =>
  started(now, { id: newId('job', now), kind: 'erase', by: actor, input: { erasureId } }).changes;
