import { filesOf } from '../shared/aws/files.ts';
import type { Handler } from '../shared/http/contract.ts';
import { conflictOf } from './conflicts.ts';
import type { routes } from './contract.ts';
import { beginningOf } from './file-beginning.ts';
import type { FileRow } from './file-row.ts';
import type { ImportFields } from './import.ts';
import { needImport } from './need-import.ts';
import { mustBeAllowed } from './records/may-import.ts';
import { pathsOf, recordsOf } from './records/record-paths.ts';
import { recordRow } from './records/record-row.ts';
import { mappingFrom, suggest } from './suggest.ts';
import { toldRow } from './told-row.ts';

const mostRows = 20;

/** a row as it would be read */
const shownRow = (row: FileRow, how: ImportFields & { mapping: Record<string, string> }) => {
  const records = recordsOf(how.of);
  const { line } = row;
  if (records) {
    const { given, errors } = recordRow(row, { ...how, records });
    return { line, profile: given, errors };
  }
  const { profile, errors } = toldRow(row, how);
  return { line, profile, errors };
};

/** What a file is like, where its columns probably lead, and its first rows as they would be read. */
export const previewImport: Handler<typeof routes.previewImport> = async ({ params: { id = '' } }, ctx) => {
  const { tenant, store } = ctx;
  const job = await needImport(store, id);
  const fields = job.input as ImportFields;
  const { of, mapping, format } = fields;
  mustBeAllowed(of, 'read', ctx);
  if (format === 'rapport') throw conflictOf('import.no-columns', 'a copy has no columns: it is taken back as it is');
  const { cursor, rows, samples } = await beginningOf(filesOf(tenant, { short: true }), id, format);
  const suggestions = suggest(cursor.columns, samples, pathsOf(of));
  const how = {
    ...fields,
    mapping: mapping ?? mappingFrom(suggestions, recordsOf(of) ? 'records' : 'customers'),
  };
  const read = rows.slice(0, mostRows).map(row => shownRow(row, how));
  const { encoding, delimiter, columns } = cursor;
  return {
    encoding,
    delimiter: format === 'csv' ? delimiter : null,
    columns,
    suggestions,
    rows: read,
  };
};
