import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const readJob: Handler<typeof routes.readJob> = ({ params: { id = '' } }, { store }) => store.need(jobs, { id });
