import type { UseCase } from '../../shared/contract.ts';
import type { routes } from './contract.ts';
import { jobs } from './job.ts';

export const listJobs: UseCase<typeof routes.listJobs> = ({ query: { kind, ...paging } }, { store }) =>
  kind === undefined ? store.list(jobs, 'all', 'all', paging) : store.list(jobs, 'kind', kind, paging);
