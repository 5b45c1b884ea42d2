import { invalid } from '../../shared/refusal.ts';
import type { Beginning } from './file-beginning.ts';
import type { ImportFields } from './import.ts';
import { suggest, sure } from './suggest.ts';

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

/** where the columns of a file go: as was said, else as is suggested with confidence */
export const mappingOf = ({ mapping, format, upsertBy }: ImportFields, { cursor, samples }: Beginning) => {
  const { columns } = cursor;
  const suggested = () => suggest(columns, samples).filter(({ confidence }) => confidence >= sure);
  // the first lines of NDJSON need not have every column
  const found = mapping
    ? checked(mapping, columns, format === 'csv')
    : Object.fromEntries(suggested().map(({ column, path }) => [column, path]));
  const paths = Object.values(found);
  const message = upsertBy
    ? paths.includes(upsertBy) || `no column leads to ${upsertBy}, which rows are to be known by`
    : paths.some(path => identifying.test(path)) || 'no column says who a row is about';
  if (typeof message === 'string') throw invalid([{ path: 'mapping', message }]);
  return found;
};
