import { newId } from '../../events/ids.ts';
import { settingsOf } from '../customers/settings.ts';
import { filesOf } from '../shared/aws/files.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Job, jobs } from '../shared/jobs/job.ts';
import { insert, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { newImport, startedImport } from './begin-import.ts';
import { importRoutes } from './contract.ts';
import { importNotFound, importStartedAlready, noColumns } from './errors.ts';
import { inspectFile } from './file/inspect-file.ts';
import { errorsPath, type ImportFields, type Result, toReply, unmappedOf, uploadPath } from './import.ts';
import { parseRow } from './rows/parse-row.ts';
import { checkImport, checkScope, mayImport, rejectHiddenMapping, schemaOf } from './rows/row-schemas.ts';
import { mappingFrom, suggest } from './rows/suggest.ts';

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
    return { ...toReply(job), errorsUrl: readable ? await errorsUrl(job, ctx) : null };
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

  startImport: async ({ params: { id } }, ctx) => {
    const job = await readImport(ctx.store, id);
    if (job.state !== 'waiting') throw importStartedAlready(`The import is ${job.state} already.`);
    checkScope(job.input.of, 'write', ctx);
    const { after, changes } = await startedImport(job, ctx);
    await rejectHiddenMapping(after.input as ImportFields, ctx);
    return ctx.store.commit([update(jobs, job, after), ...changes], { ...toReply(after), errorsUrl: null });
  },
});
