import { newId } from '../../events/ids.ts';
import { settingsOf } from '../customers/settings.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Job, jobs, startJob, undoableUntil } from '../shared/jobs/job.ts';
import { insert, update, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { newImport, startedImport } from './begin-import.ts';
import { importRoutes } from './contract.ts';
import { importNotFound, importNotUndoable, importStartedAlready, importUndone, noColumns } from './errors.ts';
import { inspectFile } from './file/inspect-file.ts';
import {
  type Cursor,
  errorsPath,
  type ImportFields,
  mostRows,
  type Result,
  toReply,
  unmappedOf,
  uploadPath,
} from './import.ts';
import { parseRow } from './rows/parse-row.ts';
import { checkImport, checkScope, mayImport, rejectHiddenMapping, schemaOf } from './rows/row-schemas.ts';
import { mappingFrom, suggest } from './rows/suggest.ts';
import { type UndoInput, undoReportPath } from './undo/undo-import.ts';

type ImportJob = Omit<Job, 'input'> & { input: ImportFields };

const readImport = async (store: Store, id = ''): Promise<ImportJob> => {
  const job = await store.get(jobs, { id });
  if (job?.kind !== 'import') throw importNotFound();
  return job as ImportJob;
};

/** a copy is restored unchanged: fields about columns do not apply to it */
const checkCopy = (fields: ImportFields) => {
  const about = (['mapping', 'upsertBy', 'country', 'currency'] as const).filter(name => fields[name] !== undefined);
  const wrong = [...about, ...(fields.of === 'customers' ? [] : ['of'])];
  const message = 'does not apply to a copy, which is restored unchanged';
  if (wrong.length) throw invalid(wrong.map(path => ({ path, message })));
};

/** valid for an hour, then to be requested again; the file itself exists for a week */
const errorsUrl = ({ id, input, result, state }: Job, ctx: Ctx) =>
  state === 'done' && (result as Result | null)?.listed && mayImport((input as ImportFields).of, 'read', ctx)
    ? filesOf(ctx.tenant, { short: true }).downloadUrl(errorsPath(id), { filename: `${id}-errors.ndjson` })
    : null;

const undoOf = async ({ result }: Job, ctx: Ctx) => {
  const { undo: id } = (result ?? {}) as Partial<Result>;
  const job = id ? await ctx.store.get(jobs, { id }) : undefined;
  if (!job) return null;
  const { removed = 0, restored = 0, left = 0 } = job.counts;
  const name = { filename: `${job.id}.ndjson` };
  const reportUrl =
    job.state === 'done' && removed + restored + left
      ? await filesOf(ctx.tenant, { short: true }).downloadUrl(undoReportPath(job.id), name)
      : null;
  return { job: job.id, state: job.state, removed, restored, left, reportUrl };
};

/** a slice that was running when the import was cancelled wrote rows after the last that are counted */
const lastLine = ({ state, result, cursor }: ImportJob) =>
  state === 'done' ? ((result as Result).lines ?? 0) : (cursor as Cursor).line + mostRows;

const mustBeUndoable = (job: ImportJob, now: string) => {
  const { state, input, result, cursor } = job;
  if (input.of !== 'customers' || input.format === 'rapport')
    throw importNotUndoable('Only an import of customers can be undone.');
  if (input.dryRun || cursor === null) throw importNotUndoable('The import has written nothing.');
  if (state === 'running')
    throw importNotUndoable('The import is running. Cancel it (POST /v1/jobs/{id}/cancel) or wait, then undo it.');
  if (undoableUntil(job) <= now) throw importNotUndoable('The import is older than 30 days.');
  if ((result as Partial<Result> | null)?.undo) throw importUndone();
};

const mostPreviewed = 20;

export const importHandlers = handlers(importRoutes, {
  createImport: async ({ body }, ctx) => {
    const { tenant, now, actor, store } = ctx;
    if (body.format === 'rapport') checkCopy(body);
    checkImport(body, ctx);
    await rejectHiddenMapping(body, ctx);
    const id = newId('import', now);
    const { job, created } = newImport(now, id, actor, body);
    const uploadUrl = await filesOf(tenant, { short: true }).uploadUrl(uploadPath(id));
    return store.commit([insert(jobs, job), created], { ...toReply(job), errorsUrl: null, uploadUrl });
  },

  listImports: async ({ query }, { store }) => {
    const { items, nextCursor } = await store.list(jobs, 'kind', 'import', query);
    return { items: items.map(job => ({ ...toReply(job), errorsUrl: null })), nextCursor };
  },

  readImport: async ({ params: { id } }, ctx) => {
    const job = await readImport(ctx.store, id);
    const readable = await rejectHiddenMapping(job.input, ctx).then(
      () => true,
      () => false,
    );
    const [url, undo] = await Promise.all([readable ? errorsUrl(job, ctx) : null, undoOf(job, ctx)]);
    return { ...toReply(job), errorsUrl: url, undo };
  },

  previewImport: async ({ params: { id = '' } }, ctx) => {
    const { input } = await readImport(ctx.store, id);
    const { of, mapping, format } = input;
    checkScope(of, 'read', ctx);
    if (format === 'rapport') throw noColumns('A copy has no columns: it is restored unchanged.');
    const schema = schemaOf(of);
    const { cursor, rows, samples } = await inspectFile(filesOf(ctx.tenant, { short: true }), id, format);
    const suggestions = suggest(cursor.columns, samples, schema);
    const { defaultCountry: home } = await settingsOf(ctx.store);
    const options = { ...input, home, schema, mapping: mapping ?? mappingFrom(suggestions, schema) };
    await rejectHiddenMapping(options, ctx);
    const parsed = rows.slice(0, mostPreviewed).map(row => parseRow(row, options));
    const { encoding, delimiter, columns } = cursor;
    return {
      encoding,
      delimiter: format === 'csv' ? delimiter : null,
      columns,
      unmapped: unmappedOf(columns, options),
      suggestions,
      rows: parsed.map(({ line, values, errors }) => ({ line, profile: values, errors })),
    };
  },

  undoImport: async ({ params: { id }, body: { why } }, ctx) => {
    const { store, now, actor } = ctx;
    const job = await readImport(store, id);
    checkScope(job.input.of, 'write', ctx);
    mustBeUndoable(job, now);
    const before = job.result as Result | null;
    const { source } = job.input;
    const input: UndoInput = { importId: job.id, source, until: job.updatedAt, lines: lastLine(job), why };
    const undo = startJob(now, { kind: 'import-undo', by: actor, input }, job);
    const result: Result = { errors: {}, listed: 0, ...before, undo: undo.job.id };
    const after = updated<Job>(now, job, { result });
    const shown = { job: undo.job.id, state: undo.job.state, removed: 0, restored: 0, left: 0, reportUrl: null };
    return store.commit([update(jobs, job, after), ...undo.changes], {
      ...toReply(after),
      errorsUrl: null,
      undo: shown,
    });
  },

  startImport: async ({ params: { id } }, ctx) => {
    const job = await readImport(ctx.store, id);
    if (job.state !== 'waiting') throw importStartedAlready(`The import is ${job.state} already.`);
    checkScope(job.input.of, 'write', ctx);
    const { after, changes } = await startedImport(job, ctx);
    await rejectHiddenMapping(after.input as ImportFields, ctx);
    return ctx.store.commit([update(jobs, job, after), ...changes], { ...toReply(after), errorsUrl: null });
  },
});
