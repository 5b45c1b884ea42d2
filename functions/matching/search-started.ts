import { newId } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';

/** the kind of the jobs that look through all customers: see search-work.ts */
export const searchKind = 'find-duplicates';

/** A search through all customers that begins at once: for whoever brings in thousands. */
export const searchStarted = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>) =>
  startJob(now, { id: newId('job', now), kind: searchKind, by: actor });
