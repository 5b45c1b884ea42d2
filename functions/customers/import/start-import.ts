import { importStarted } from '../../../events/import.ts';
import { next, say, update } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import type { UseCase } from '../../shared/contract.ts';
import { filesOf } from '../../shared/files.ts';
import { beginRestore } from '../export/begin-restore.ts';
import { continued, jobs } from '../jobs/job.ts';
import type { routes } from './contract.ts';
import { beginningOf } from './file-beginning.ts';
import { type ImportFields, saidOf, shown, uploadPath } from './import.ts';
import { mappingOf } from './mapping-of.ts';
import { waitingImport } from './need-import.ts';

const begun = async (id: string, fields: ImportFields, ctx: Ctx) => {
  const files = filesOf(ctx.tenant, { short: true });
  const { format } = fields;
  if (format === 'rapport') return { input: fields, cursor: await beginRestore(files, uploadPath(id), ctx) };
  const beginning = await beginningOf(files, id, format);
  return { input: { ...fields, mapping: mappingOf(fields, beginning) }, cursor: beginning.cursor };
};

/** What can be said of the file as a whole is said now; the rows are a job's work. */
export const startImport: UseCase<typeof routes.startImport> = async ({ params: { id = '' } }, ctx) => {
  const { now, store } = ctx;
  const job = await waitingImport(store, id);
  const { input, cursor } = await begun(id, job.input as ImportFields, ctx);
  const after = next(now, job, { state: 'running', input, cursor });
  const data = { ...saidOf(after), bytes: cursor.size };
  const changes = [update(jobs, job, after), say(importStarted, { about: id, data }), continued(after)];
  return store.commit(changes, { ...shown(after), errorsUrl: null });
};
