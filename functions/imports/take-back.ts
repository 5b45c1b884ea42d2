import type { Cursor as CopyCursor } from '../exports/begin-restore.ts';
import { restoreSlice } from '../exports/restore-slice.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced } from '../shared/jobs/work.ts';
import { type ImportFields, uploadPath } from './import.ts';
import { noteErrors } from './note-errors.ts';

/** the next lines of a copy that an export made, taken back as they are */
export const takeBackSlice = async (job: Job, ctx: Ctx): Promise<Sliced> => {
  const files = filesOf(ctx.tenant, { short: true });
  const { dryRun } = job.input as ImportFields;
  const from = job.cursor as CopyCursor;
  const { cursor, counts, errors } = await restoreSlice(files, uploadPath(job.id), from, ctx, dryRun);
  const result = await noteErrors(files, job, errors);
  const over = { ...from, byte: from.size, gathering: { next: 0, etags: [] } };
  return { cursor: (cursor ?? over) as never, counts, result };
};
