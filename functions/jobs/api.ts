import { jobCancelled } from '../../events/job.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { serve } from '../shared/http/serve.ts';
import { jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { changeById, readById } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { jobFinished, jobNotCancellable } from './errors.ts';

const jobHandlers = handlers(routes, {
  listJobs: ({ query: { kind, ...paging } }, { store }) =>
    kind === undefined ? store.list(jobs, 'all', 'all', paging) : store.list(jobs, 'kind', kind, paging),

  readJob: readById(jobs),

  cancelJob: changeById(jobs, (before, _, { now, scopes }) => {
    const { id, kind, counts, state, cancelScope } = before;
    if (cancelScope === undefined) throw jobNotCancellable();
    if (!scopes.has(cancelScope))
      throw scopeMissing(`Cancelling a job of the kind ${kind} needs the scope ${cancelScope}.`);
    if (state !== 'waiting' && state !== 'running') throw jobFinished(`The job is ${state} already.`);
    const after = updated(now, before, { state: 'cancelled', retry: undefined });
    const event = emit(jobCancelled, { about: id, data: { kind, counts } });
    return { after, changes: [update(jobs, before, after), event] };
  }),
});

export const handler = serve(routes, jobHandlers);
