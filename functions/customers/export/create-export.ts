import { exportRequested } from '../../../events/export.ts';
import { newId } from '../../../events/ids.ts';
import { say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { started } from '../jobs/job.ts';
import { confidential, hiddenFrom } from '../shown.ts';
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
