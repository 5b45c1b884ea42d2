import { jobCancelled } from '../../events/job.ts';
import { handlers } from '../shared/http/contract.ts';
import { serve } from '../shared/http/serve.ts';
import { jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { changeById, readById } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { jobFinished } from './errors.ts';

const jobHandlers = handlers(routes, {
  listJobs: ({ query: { kind, ...paging } }, { store }) =>
    kind === undefined ? store.list(jobs, 'all', 'all', paging) : store.list(jobs, 'kind', kind, paging),

  readJob: readById(jobs),

  cancelJob: changeById(jobs, (before, _, { now }) => {
    const { id, kind, counts, state } = before;
    if (state !== 'waiting' && state !== 'running') throw jobFinished(`The job is ${state} already.`);
    const after = updated(now, before, { state: 'cancelled', retry: undefined });
    const event = emit(jobCancelled, { about: id, data: { kind, counts } });
    return { after, changes: [update(jobs, before, after), event] };
  }),
});

export const handler = serve(routes, jobHandlers);
