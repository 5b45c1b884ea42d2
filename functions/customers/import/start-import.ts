import { importStarted } from '../../../events/import.ts';
import { next, say, update } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { filesOf } from '../../shared/files.ts';
import { continued, jobs } from '../jobs/job.ts';
import type { routes } from './contract.ts';
import { beginningOf } from './file-beginning.ts';
import { type ImportFields, saidOf, shown } from './import.ts';
import { mappingOf } from './mapping-of.ts';
import { waitingImport } from './need-import.ts';

/** What can be said of the file as a whole is said now; the rows are a job's work. */
export const startImport: UseCase<typeof routes.startImport> = async (
  { params: { id = '' } },
  { tenant, now, store },
) => {
  const job = await waitingImport(store, id);
  const fields = job.input as ImportFields;
  const beginning = await beginningOf(filesOf(tenant, { short: true }), id, fields.format);
  const input = { ...fields, mapping: mappingOf(fields, beginning) };
  const after = next(now, job, { state: 'running', input, cursor: beginning.cursor });
  const data = { ...saidOf(after), bytes: beginning.cursor.size };
  const changes = [update(jobs, job, after), say(importStarted, { about: id, data }), continued(after)];
  return store.commit(changes, { ...shown(after), errorsUrl: null });
};
