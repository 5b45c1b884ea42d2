import type { UseCase } from '../../shared/contract.ts';
import type { routes } from './contract.ts';
import { jobs } from './job.ts';

export const readJob: UseCase<typeof routes.readJob> = ({ params: { id = '' } }, { store }) => store.need(jobs, { id });
