import { exportRequested } from '../../events/export.ts';
import { newId } from '../../events/ids.ts';
import { confidential, hiddenFrom } from '../customers/shown.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { started } from '../shared/jobs/job.ts';
import { say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { shown } from './export.ts';

export const createExport: UseCase<typeof routes.createExport> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  // a copy is whole, or it could not be taken back
  if ((await hiddenFrom(ctx)).length) throw confidential();
  const id = newId('export', now);
  const { job, changes } = started(now, { id, kind: 'export', by: actor, input: body });
  return store.commit([...changes, say(exportRequested, { about: id, data: body })], { ...shown(job), url: null });
};
