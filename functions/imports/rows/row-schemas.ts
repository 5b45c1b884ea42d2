import { importables } from '#declared/importables.ts';
import { attributeNamed } from '../../customers/attributes/definition.ts';
import { hiddenFrom, rejectHiddenPaths } from '../../customers/redact.ts';
import { type FieldError, invalid, scopeMissing } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { AnyImportable, FileField } from '../../shared/imports/importable.ts';
import type { Json } from '../../shared/json.ts';
import { customerSchema } from '../customers/customer-schema.ts';
import type { ImportFields } from '../import.ts';
import { bare, byWord, type Suggestion, type ValueShape } from './suggest.ts';

/** What the rows of a file are: where their columns may lead, and how their values are read. */
export type RowSchema = Pick<AnyImportable, 'name' | 'area' | 'fields' | 'lacks'> & {
  /** the path that identifies a row's record; without it rows are matched by several, see match-row.ts */
  key?: string;
  fieldAt(path: string): FileField | undefined;
  /** several columns of any path are joined; else only those of texts are */
  joinsColumns: boolean;
  /** rows that follow each other and have the same key are one record */
  joinsRows: boolean;
  /** paths by other names of their columns, see `byWord` */
  words: Map<string, string>;
  shapes: ValueShape[];
  /** the path of a column that is recognised as no other */
  otherwise?(column: string): string;
  /** the suggested paths of all columns, those that exclude each other apart */
  settle?(suggestions: Suggestion[]): Suggestion[];
  /** the values by path as one record, without those that are invalid, which are reported as faults */
  normalise?(values: Json, fault: (path: string, message: string) => void): Json;
  /** how the records are looked up, decided and written; customers have a way of their own */
  records?: AnyImportable;
};

/** what a path leads to; an amount of money also has parts */
const fieldAt = ({ fields }: AnyImportable, path: string): FileField | undefined => {
  if (Object.hasOwn(fields, path)) return fields[path];
  const [, whole = '', part] = /^(.*)\.(amount|currency)$/.exec(path) ?? [];
  const field = Object.hasOwn(fields, whole) ? fields[whole] : undefined;
  return field?.is === 'money' ? { ...field, is: part === 'amount' ? 'whole' : 'currency' } : undefined;
};

const recordSchema = (records: AnyImportable): RowSchema => {
  const { name, area, key, fields, joins = false, lacks } = records;
  const paths = Object.keys(fields);
  const own = paths.map(path => [bare(path), path] as const);
  const words = byWord(Object.fromEntries(paths.map(path => [path, fields[path]?.words ?? ''])));
  return {
    ...{ name, area, key, fields, lacks, records },
    fieldAt: path => fieldAt(records, path),
    joinsColumns: false,
    joinsRows: joins,
    words: new Map([...own, ...words]),
    shapes: [],
  };
};

export const schemaOf = (of: ImportFields['of'] | undefined): RowSchema => {
  const records = importables.find(({ name }) => name === of);
  return records ? recordSchema(records) : customerSchema;
};

export const mayImport = (of: ImportFields['of'], does: 'read' | 'write', { scopes }: Pick<Ctx, 'scopes'>) =>
  scopes.has(`${schemaOf(of).area}.${does}`);

/** refuses to write, preview or list errors of confidential attributes for a caller that may not read them */
export const rejectHiddenMapping = async ({ of, mapping = {} }: Pick<ImportFields, 'of' | 'mapping'>, ctx: Ctx) => {
  if (schemaOf(of).records) return;
  const paths = Object.values(mapping).map(path => attributeNamed(path) ?? path);
  rejectHiddenPaths(await hiddenFrom(ctx), paths);
};

const faultsOf = ({ of, mapping = {}, upsertBy, currency }: Partial<ImportFields>): FieldError[] => {
  const { name, key, fields, fieldAt, joinsColumns } = schemaOf(of);
  const columns = Object.entries(mapping);
  const paths = Object.values(mapping);
  const unknown = columns.filter(([, path]) => !fieldAt(path));
  const second = columns.filter(
    ([, path], nth) => !joinsColumns && paths.indexOf(path) < nth && fieldAt(path)?.is !== 'text',
  );
  const noField = `is not a field of ${name}${key ? `; the fields are ${Object.keys(fields).join(', ')}` : ''}`;
  return [
    ...second.map(([column, path]) => ({ path: `mapping.${column}`, message: `is a second column of ${path}` })),
    ...unknown.map(([column]) => ({ path: `mapping.${column}`, message: noField })),
    ...(key && upsertBy
      ? [{ path: 'upsertBy', message: `applies to customers only: ${name} are identified by ${key}` }]
      : []),
    ...(!key && currency ? [{ path: 'currency', message: 'does not apply to customers, which have no amounts' }] : []),
  ];
};

/** refuses callers that may not import such rows, and a mapping that does not fit them; `under`: where the fields lie in the request */
export const checkImport = (fields: Partial<ImportFields> & Pick<ImportFields, 'of'>, ctx: Ctx, under = '') => {
  checkScope(fields.of, 'write', ctx);
  const faults = faultsOf(fields);
  if (faults.length) throw invalid(faults.map(({ path, message }) => ({ path: `${under}${path}`, message })));
};

export const checkScope = (of: ImportFields['of'], does: 'read' | 'write', ctx: Ctx) => {
  if (mayImport(of, does, ctx)) return;
  throw scopeMissing(`This request needs the scope ${schemaOf(of).area}.${does}.`);
};
