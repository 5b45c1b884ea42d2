import type { UseCase } from '../../shared/contract.ts';
import { filesOf } from '../../shared/files.ts';
import { conflictOf } from './conflicts.ts';
import type { routes } from './contract.ts';
import { beginningOf } from './file-beginning.ts';
import type { ImportFields } from './import.ts';
import { needImport } from './need-import.ts';
import { suggest } from './suggest.ts';
import { toldRow } from './told-row.ts';

const mostRows = 20;

/** What a file is like, where its columns probably lead, and its first rows as they would be read. */
export const previewImport: UseCase<typeof routes.previewImport> = async (
  { params: { id = '' } },
  { tenant, store },
) => {
  const job = await needImport(store, id);
  const { mapping, format, country, dates } = job.input as ImportFields;
  if (format === 'rapport') throw conflictOf('import.no-columns', 'a copy has no columns: it is taken back as it is');
  const { cursor, rows, samples } = await beginningOf(filesOf(tenant, { short: true }), id, format);
  const suggestions = suggest(cursor.columns, samples);
  const how = {
    mapping: mapping ?? Object.fromEntries(suggestions.map(({ column, path }) => [column, path])),
    country,
    dates,
  };
  const read = rows.slice(0, mostRows).map(row => toldRow(row, how));
  const { encoding, delimiter, columns } = cursor;
  return {
    encoding,
    delimiter: format === 'csv' ? delimiter : null,
    columns,
    suggestions,
    rows: read.map(({ line, profile, errors }) => ({ line, profile, errors })),
  };
};
