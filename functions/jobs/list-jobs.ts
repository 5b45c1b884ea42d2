import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const listJobs: Handler<typeof routes.listJobs> = ({ query: { kind, ...paging } }, { store }) =>
  kind === undefined ? store.list(jobs, 'all', 'all', paging) : store.list(jobs, 'kind', kind, paging);
