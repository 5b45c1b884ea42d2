import { newId } from '../../events/ids.ts';
import { importCreated } from '../../events/import.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { jobs, waitingJob } from '../shared/jobs/job.ts';
import { emit, insert } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { type ImportFields, ofColumns, saidOf, shown, uploadPath } from './import.ts';
import { mustBeAllowed } from './records/may-import.ts';
import { mustFit } from './records/record-paths.ts';

/** a copy is taken back as it is */
const mustHaveColumns = (fields: ImportFields) => {
  const isCopy = fields.format === 'rapport';
  const said: string[] = isCopy ? ofColumns.filter(name => fields[name] !== undefined) : [];
  if (isCopy && fields.of !== 'customers') said.push('of');
  if (said.length) throw invalid(said.map(path => ({ path, message: 'a copy is taken back as it is' })));
};

export const createImport: Handler<typeof routes.createImport> = async ({ body }, ctx) => {
  const { tenant, now, actor, store } = ctx;
  mustBeAllowed(body.of, 'write', ctx);
  mustHaveColumns(body);
  mustFit(body);
  const id = newId('import', now);
  const job = waitingJob(now, { id, kind: 'import', by: actor, input: body });
  const uploadUrl = await filesOf(tenant, { short: true }).uploadUrl(uploadPath(id));
  return store.commit([insert(jobs, job), emit(importCreated, { about: id, data: saidOf(job) })], {
    ...shown(job),
    errorsUrl: null,
    uploadUrl,
  });
};
