import { newId } from '../../../events/ids.ts';
import { importCreated } from '../../../events/import.ts';
import { insert, say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { filesOf } from '../../shared/files.ts';
import { jobs, waiting } from '../jobs/job.ts';
import type { routes } from './contract.ts';
import { saidOf, shown, uploadPath } from './import.ts';

export const createImport: UseCase<typeof routes.createImport> = async ({ body }, { tenant, now, actor, store }) => {
  const id = newId('import', now);
  const job = waiting(now, { id, kind: 'import', by: actor, input: body });
  const uploadUrl = await filesOf(tenant, { short: true }).uploadUrl(uploadPath(id));
  return store.commit([insert(jobs, job), say(importCreated, { about: id, data: saidOf(job) })], {
    ...shown(job),
    errorsUrl: null,
    uploadUrl,
  });
};
