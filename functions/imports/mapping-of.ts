import { invalid } from '../shared/http/api-error.ts';
import type { Beginning } from './file-beginning.ts';
import type { ImportFields } from './import.ts';
import { pathsOf, recordsOf } from './records/record-paths.ts';
import { mappingFrom, suggest, sure } from './suggest.ts';

const identifying = /^(externalId|email|phone|name|givenName|familyName)$/;

/** the columns that a file has and a mapping does not speak of go nowhere; one that it has not is refused by name */
const checked = (mapping: Record<string, string>, columns: string[], everyRow: boolean) => {
  const missing = Object.keys(mapping).filter(column => !columns.includes(column));
  if (!missing.length || !everyRow) return mapping;
  const has = columns.slice(0, 30).join(', ');
  throw invalid(
    missing.map(column => ({ path: `mapping.${column}`, message: `is not a column of the file, which has ${has}` })),
  );
};

/** what a mapping leads to that nothing can be made of, in words */
const lackOf = ({ of, upsertBy }: ImportFields, paths: string[]): string | undefined => {
  const records = recordsOf(of);
  const key = records?.key ?? upsertBy;
  if (key && !paths.includes(key)) return `no column leads to ${key}, which rows are to be known by`;
  if (records) return records.lacks(paths);
  return key || paths.some(path => identifying.test(path)) ? undefined : 'no column says who a row is about';
};

/** where the columns of a file go: as was said, else as is suggested with confidence */
export const mappingOf = (fields: ImportFields, { cursor, samples }: Beginning) => {
  const { of, mapping, format } = fields;
  const { columns } = cursor;
  const suggested = () => suggest(columns, samples, pathsOf(of)).filter(({ confidence }) => confidence >= sure);
  // the first lines of NDJSON need not have every column
  const found = mapping
    ? checked(mapping, columns, format === 'csv')
    : mappingFrom(suggested(), recordsOf(of) ? 'records' : 'customers');
  const message = lackOf(fields, Object.values(found));
  if (message) throw invalid([{ path: 'mapping', message }]);
  return found;
};
