import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { shown } from './import.ts';

export const listImports: Handler<typeof routes.listImports> = async ({ query }, { store }) => {
  const { items, nextCursor } = await store.list(jobs, 'kind', 'import', query);
  return { items: items.map(job => ({ ...shown(job), errorsUrl: null })), nextCursor };
};
