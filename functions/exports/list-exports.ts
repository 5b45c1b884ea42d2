import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { shown } from './export.ts';

export const listExports: Handler<typeof routes.listExports> = async ({ query }, { store }) => {
  const { items, nextCursor } = await store.list(jobs, 'kind', 'export', query);
  return { items: items.map(job => ({ ...shown(job), url: null })), nextCursor };
};
