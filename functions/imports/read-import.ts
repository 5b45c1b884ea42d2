import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { errorsPath, type ImportFields, type Result, shown } from './import.ts';
import { needImport } from './need-import.ts';
import { mayImport } from './records/may-import.ts';

/** good for an hour, and to be asked for anew; the file itself is there for a week */
const errorsUrl = ({ id, input, result, state }: Job, { tenant, scopes }: Ctx) =>
  state === 'done' && (result as Result | null)?.listed && mayImport((input as ImportFields).of, 'read', { scopes })
    ? filesOf(tenant, { short: true }).downloadUrl(errorsPath(id), { filename: `${id}-errors.ndjson` })
    : null;

export const readImport: Handler<typeof routes.readImport> = async ({ params: { id = '' } }, ctx) => {
  const job = await needImport(ctx.store, id);
  return { ...shown(job), errorsUrl: await errorsUrl(job, ctx) };
};
