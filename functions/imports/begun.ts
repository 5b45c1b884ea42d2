import { importStarted } from '../../events/import.ts';
import { beginRestore } from '../exports/begin-restore.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { continueJob, type Job } from '../shared/jobs/job.ts';
import { type Change, emit, updated } from '../shared/store/changes.ts';
import { beginningOf } from './file-beginning.ts';
import { type ImportFields, saidOf, uploadPath } from './import.ts';
import { mappingOf } from './mapping-of.ts';

const begin = async ({ id, input }: Job, ctx: Ctx) => {
  const fields = input as ImportFields;
  const { format } = fields;
  const files = filesOf(ctx.tenant, { short: true });
  if (format === 'rapport') return { input: fields, cursor: await beginRestore(files, uploadPath(id), ctx) };
  const beginning = await beginningOf(files, id, format);
  return { input: { ...fields, mapping: mappingOf(fields, beginning) }, cursor: beginning.cursor };
};

/** An import whose file is there, begun: what can be said of the file as a whole is said now, the rows are a job's work. */
export const begun = async (job: Job, ctx: Ctx): Promise<{ after: Job; changes: Change[] }> => {
  const { input, cursor } = await begin(job, ctx);
  const after = updated(ctx.now, job, { state: 'running', input, cursor });
  const data = { ...saidOf(after), bytes: cursor.size };
  return { after, changes: [emit(importStarted, { about: job.id, data }), continueJob(after)] };
};
