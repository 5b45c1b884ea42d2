import { importables } from '#declared/importables.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { AnyImportable, FileField } from '../../shared/imports/importable.ts';
import type { ImportFields } from '../import.ts';
import { isImportable } from '../paths.ts';
import { bare, byWord, type Paths, profilePaths } from '../suggest.ts';

export type Of = ImportFields['of'];

/** how rows of a file that are not of customers come in */
export const recordsOf = (of: Of | undefined): AnyImportable | undefined => importables.find(({ name }) => name === of);

/** what lies at a path; an amount of money also has parts */
export const fieldAt = ({ fields }: AnyImportable, path: string): FileField | undefined => {
  if (Object.hasOwn(fields, path)) return fields[path];
  const [, whole = '', part] = /^(.*)\.(amount|currency)$/.exec(path) ?? [];
  const field = Object.hasOwn(fields, whole) ? fields[whole] : undefined;
  if (field?.is !== 'money') return undefined;
  return { ...field, is: part === 'amount' ? 'whole' : 'currency' };
};

/** where the columns of a file may lead */
export const pathsOf = (of: Of | undefined): Paths => {
  const records = recordsOf(of);
  if (!records) return profilePaths;
  const paths = Object.keys(records.fields);
  const own = paths.map(path => [bare(path), path] as const);
  const called = byWord(Object.fromEntries(paths.map(path => [path, records.fields[path]?.words ?? ''])));
  return { has: path => fieldAt(records, path) !== undefined, words: new Map([...own, ...called]), shapes: [] };
};

const faultsOf = ({ of, mapping = {}, upsertBy, currency }: Partial<ImportFields>): FieldError[] => {
  const records = recordsOf(of);
  const has = records ? (path: string) => fieldAt(records, path) !== undefined : isImportable;
  const bad = records
    ? `is not what ${of} have, which is ${Object.keys(records.fields).join(', ')}`
    : 'is not an attribute that can be imported';
  const columns = Object.keys(mapping).filter(column => !has(mapping[column] ?? ''));
  const paths = Object.values(mapping);
  const twice = Object.entries(mapping).filter(
    ([, path], nth) => records && paths.indexOf(path) < nth && fieldAt(records, path)?.is !== 'text',
  );
  return [
    ...twice.map(([column, path]) => ({ path: `mapping.${column}`, message: `is a second column of ${path}` })),
    ...columns.map(column => ({ path: `mapping.${column}`, message: bad })),
    ...(records && upsertBy
      ? [{ path: 'upsertBy', message: `is of customers: ${of} are known by ${records.key}` }]
      : []),
    ...(!records && currency ? [{ path: 'currency', message: 'is of amounts, which customers have none of' }] : []),
  ];
};

/** refuses a file that is to be read as what its rows are not */
export const mustFit = (fields: Partial<ImportFields>, under = '') => {
  const faults = faultsOf(fields);
  if (faults.length) throw invalid(faults.map(({ path, message }) => ({ path: `${under}${path}`, message })));
};
