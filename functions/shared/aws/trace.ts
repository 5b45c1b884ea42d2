import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

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
export const traceOf = ({ stack = '' }: Error) => {
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
