import { importStarted } from '../../../events/import.ts';
import { type Change, next, say } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import { filesOf } from '../../shared/files.ts';
import { continued, type Job } from '../jobs/job.ts';
import { beginningOf } from './file-beginning.ts';
import { type ImportFields, saidOf } from './import.ts';
import { mappingOf } from './mapping-of.ts';

/** An import whose file is there, begun: what can be said of the file as a whole is said now, the rows are a job's work. */
export const begun = async (job: Job, { tenant, now }: Ctx): Promise<{ after: Job; changes: Change[] }> => {
  const fields = job.input as ImportFields;
  const beginning = await beginningOf(filesOf(tenant, { short: true }), job.id, fields.format);
  const input = { ...fields, mapping: mappingOf(fields, beginning) };
  const after = next(now, job, { state: 'running', input, cursor: beginning.cursor });
  const data = { ...saidOf(after), bytes: beginning.cursor.size };
  return { after, changes: [say(importStarted, { about: job.id, data }), continued(after)] };
};
