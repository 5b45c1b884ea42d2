import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { update } from '../shared/store/changes.ts';
import { begun } from './begun.ts';
import type { routes } from './contract.ts';
import { type ImportFields, shown } from './import.ts';
import { waitingImport } from './need-import.ts';
import { mustBeAllowed } from './records/may-import.ts';

export const startImport: Handler<typeof routes.startImport> = async ({ params: { id = '' } }, ctx) => {
  const job = await waitingImport(ctx.store, id);
  mustBeAllowed((job.input as ImportFields).of, 'write', ctx);
  const { after, changes } = await begun(job, ctx);
  return ctx.store.commit([update(jobs, job, after), ...changes], { ...shown(after), errorsUrl: null });
};
