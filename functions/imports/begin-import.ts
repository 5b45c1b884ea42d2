import { importCreated, importStarted } from '../../events/import.ts';
import { beginRestore } from '../exports/restore-copy.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { continueJob, type Job, waitingJob } from '../shared/jobs/job.ts';
import { type Change, emit, updated } from '../shared/store/changes.ts';
import { type Inspected, inspectFile } from './file/inspect-file.ts';
import { type ImportFields, originOf, uploadPath } from './import.ts';
import { schemaOf } from './rows/row-schemas.ts';
import { confident, mappingFrom, suggest } from './rows/suggest.ts';

export const newImport = (now: string, id: string, by: string, input: ImportFields): { job: Job; created: Change } => {
  const job = waitingJob(now, { id, kind: 'import', by, cancelScope: 'imports.write', input });
  return { job, created: emit(importCreated, { about: id, data: originOf(job) }) };
};

const mostNamed = 30;

/** a mapping need not name all columns of the file, but names no others; lines of NDJSON need not have every column */
const checkColumns = (mapping: Record<string, string>, columns: string[]) => {
  const missing = Object.keys(mapping).filter(column => !columns.includes(column));
  const message = `is not a column of the file, which has ${columns.slice(0, mostNamed).join(', ')}`;
  if (missing.length) throw invalid(missing.map(column => ({ path: `mapping.${column}`, message })));
};

/** where the columns of a file lead: as the import says, else as is suggested with confidence */
const mappingOf = ({ of, mapping, format, upsertBy }: ImportFields, { cursor: { columns }, samples }: Inspected) => {
  const schema = schemaOf(of);
  const suggested = () => suggest(columns, samples, schema).filter(({ confidence }) => confidence >= confident);
  if (mapping && format === 'csv') checkColumns(mapping, columns);
  const found = mapping ?? mappingFrom(suggested(), schema);
  const paths = Object.values(found);
  const key = schema.key ?? upsertBy;
  const hasKey = !key || paths.includes(key);
  const message = hasKey ? schema.lacks(paths) : `no column is mapped to ${key}, which identifies the rows`;
  if (message) throw invalid([{ path: 'mapping', message }]);
  return found;
};

const inspected = async ({ id, input }: Job, ctx: Ctx) => {
  const fields = input as ImportFields;
  const { format } = fields;
  const files = filesOf(ctx.tenant, { short: true });
  if (format === 'rapport') return { input: fields, cursor: await beginRestore(files, uploadPath(id), ctx) };
  const file = await inspectFile(files, id, format);
  return { input: { ...fields, mapping: mappingOf(fields, file) }, cursor: file.cursor };
};

/** Starts an import with an uploaded file: the file as a whole is checked now, a job handles the rows. */
export const startedImport = async (job: Job, ctx: Ctx): Promise<{ after: Job; changes: Change[] }> => {
  const { input, cursor } = await inspected(job, ctx);
  const after = updated(ctx.now, job, { state: 'running', input, cursor });
  const data = { ...originOf(after), bytes: cursor.size };
  return { after, changes: [emit(importStarted, { about: job.id, data }), continueJob(after)] };
};
