import type { UseCase } from '../../shared/contract.ts';
import { filesOf } from '../../shared/files.ts';
import type { Job } from '../jobs/job.ts';
import type { routes } from './contract.ts';
import { errorsPath, type Result, shown } from './import.ts';
import { needImport } from './need-import.ts';

/** good for an hour, and to be asked for anew; the file itself is there for a week */
const errorsUrl = ({ id, result, state }: Job, tenant: string) =>
  state === 'done' && (result as Result | null)?.listed
    ? filesOf(tenant, { short: true }).downloadUrl(errorsPath(id), { filename: `${id}-errors.ndjson` })
    : null;

export const readImport: UseCase<typeof routes.readImport> = async ({ params: { id = '' } }, { tenant, store }) => {
  const job = await needImport(store, id);
  return { ...shown(job), errorsUrl: await errorsUrl(job, tenant) };
};
