import { jobCancelled } from '../../events/job.ts';
import { handlers } from '../shared/http/contract.ts';
import { serve } from '../shared/http/serve.ts';
import { jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { readById } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { jobFinished } from './errors.ts';

const jobHandlers = handlers(routes, {
  listJobs: ({ query: { kind, ...paging } }, { store }) =>
    kind === undefined ? store.list(jobs, 'all', 'all', paging) : store.list(jobs, 'kind', kind, paging),

  readJob: readById(jobs),

  cancelJob: async ({ params: { id = '' } }, { now, store }) => {
    const job = await store.need(jobs, { id });
    const { kind, counts, state } = job;
    if (state !== 'waiting' && state !== 'running') throw jobFinished(`The job is ${state} already.`);
    const after = updated(now, job, { state: 'cancelled', retry: undefined });
    return store.commit([update(jobs, job, after), emit(jobCancelled, { about: id, data: { kind, counts } })], after);
  },
});

export const handler = serve(routes, jobHandlers);
