import type { UseCase } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const readJob: UseCase<typeof routes.readJob> = ({ params: { id = '' } }, { store }) => store.need(jobs, { id });
