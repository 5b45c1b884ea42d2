import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** One JSON line. Never give it personal data: ids, codes, counts and times only. */
export const log = (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown> = {}) =>
  console[level](JSON.stringify({ level, message, ...fields }));

// the source map is read when an error occurs: read at every start, it would take a tenth of the start time
const mapOf = (bundle: string) => {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  } catch {
    return undefined;
  }
};

let map: SourceMap | undefined;

/** Where an error came from: the first frames of its stack, in terms of the sources where the bundle's map lies beside it. */
const traceOf = ({ stack = '' }: Error) => {
  const own = fileURLToPath(import.meta.url);
  const frame = /(?:file:\/\/)?(\/[^\s():]+):(\d+):(\d+)/;
  const mapped = (line: string) =>
    line.trim().replace(frame, (place, file, row, column) => {
      if (file !== own) return place;
      map ??= mapOf(own);
      const found = map?.findEntry(Number(row) - 1, Number(column) - 1);
      return found && 'originalSource' in found
        ? `${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1}`
        : place;
    });
  return stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 5)
    .map(mapped)
    .join(' | ');
};

type Issue = { path: PropertyKey[]; code: string };

/** An error's message without what it may quote of a person: our own as it is, of others neither values nor addresses. */
const detailOf = (error: Error & { issues?: Issue[] }) => {
  if (error.name === 'Error') return error.message;
  if (error.issues) return error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ');
  if (error instanceof SyntaxError) return undefined; // its message quotes the text
  return error.message.replace(/'[^']*'|"[^"]*"|\{[^}]*\}?/g, '…').replace(/[^\s/<>]+@[^\s/<>]+/g, '…');
};

/** what of an error may be logged: its kind, where it came from, and what `detailOf` leaves */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        error: error.name,
        detail: detailOf(error)?.slice(0, 500),
        trace: traceOf(error),
      }
    : { error: typeof error };
