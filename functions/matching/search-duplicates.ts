import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { searchKind, searchStarted } from './search-started.ts';

export const searchDuplicates: Handler<typeof duplicateRoutes.searchDuplicates> = async (_, ctx) => {
  const { items } = await ctx.store.list(jobs, 'kind', searchKind, { limit: 1 });
  if (items[0]?.state === 'running') return items[0];
  const { job, changes } = searchStarted(ctx);
  return ctx.store.commit(changes, job);
};
