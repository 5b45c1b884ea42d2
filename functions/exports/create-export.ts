import { exportRequested } from '../../events/export.ts';
import { newId } from '../../events/ids.ts';
import { confidentialAttribute } from '../customers/errors.ts';
import { hiddenFrom } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import { emit } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { shown } from './export.ts';

export const createExport: Handler<typeof routes.createExport> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  // a copy is whole, or it could not be taken back
  if ((await hiddenFrom(ctx)).length) throw confidentialAttribute();
  const id = newId('export', now);
  const { job, changes } = startJob(now, { id, kind: 'export', by: actor, input: body });
  return store.commit([...changes, emit(exportRequested, { about: id, data: body })], { ...shown(job), url: null });
};
