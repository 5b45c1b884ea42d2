import { jobCancelled } from '../../events/job.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { serve } from '../shared/http/serve.ts';
import { type Job, jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { changeById } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { jobFinished, jobNotCancellable } from './errors.ts';

/** inputs have conditions and values: they are shown to who started a job, and to those who may read all values */
const shownTo = ({ actor, scopes }: Pick<Ctx, 'actor' | 'scopes'>, job: Job): Job =>
  job.by === actor || scopes.has('customers.confidential') ? job : { ...job, input: null };

const jobHandlers = handlers(routes, {
  listJobs: async ({ query: { kind, ...paging } }, ctx) => {
    const [list, of] = kind === undefined ? (['all', 'all'] as const) : (['kind', kind] as const);
    const { items, nextCursor } = await ctx.store.list(jobs, list, of, paging);
    return { items: items.map(job => shownTo(ctx, job)), nextCursor };
  },

  readJob: async ({ params: { id = '' } }, ctx) => shownTo(ctx, await ctx.store.need(jobs, { id })),

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
