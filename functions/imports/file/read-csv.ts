/** One record of a file: its cells as bytes, or what is wrong with it. `line` counts the file's lines from 1. */
export type Row = { line: number; cells: Buffer[]; fault?: string };

export type Read = {
  rows: Row[];
  bytes: number;
  lines: number;
};

/** a longer record is a broken quotation */
export const mostRowBytes = 1_000_000;

const [quote, lf, cr] = [0x22, 0x0a, 0x0d];

type At = { byte: number; lines: number };

const endOfLine = (bytes: Buffer, from: number) => {
  const at = bytes.indexOf(lf, from);
  return at < 0 ? undefined : at + 1;
};

const trimmed = (bytes: Buffer, from: number, to: number) => {
  let end = to;
  while (end > from && (bytes[end - 1] === lf || bytes[end - 1] === cr)) end--;
  return bytes.subarray(from, end);
};

/** a quoted cell; `after` is where it stops. undefined: its quotation does not end in these bytes */
const quoted = (bytes: Buffer, from: number): { cell: Buffer; after: number; lines: number } | undefined => {
  let lines = 0;
  let doubled = false;
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] === lf) lines++;
    if (bytes[at] !== quote) continue;
    if (bytes[at + 1] === quote) {
      doubled = true;
      at++;
      continue;
    }
    const raw = bytes.subarray(from + 1, at);
    return {
      cell: doubled ? Buffer.from(raw.toString('latin1').replaceAll('""', '"'), 'latin1') : raw,
      after: at + 1,
      lines,
    };
  }
  return undefined;
};

type Record = { cells: Buffer[]; after: number; lines: number; fault?: string };

/** the record at `from`; undefined: it does not end in these bytes */
const recordAt = (bytes: Buffer, from: number, delimiter: number, last: boolean): Record | undefined => {
  const cells: Buffer[] = [];
  let at = from;
  let lines = 0;
  let fault: string | undefined;
  for (;;) {
    if (bytes[at] === quote) {
      const found = quoted(bytes, at);
      if (!found) return undefined;
      cells.push(found.cell);
      lines += found.lines;
      at = found.after;
      const stray = at;
      while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== lf) at++;
      if (trimmed(bytes, stray, at).length) fault = 'there is text after a closing quotation mark';
    } else {
      const begin = at;
      while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== lf) at++;
      cells.push(bytes[at] === delimiter ? bytes.subarray(begin, at) : trimmed(bytes, begin, at));
    }
    if (at >= bytes.length)
      return last ? { cells, after: at, lines: lines + 1, ...(fault ? { fault } : {}) } : undefined;
    at++;
    if (bytes[at - 1] === lf) return { cells, after: at, lines: lines + 1, ...(fault ? { fault } : {}) };
  }
};

const skipLine = (bytes: Buffer, from: number, fault: string): Record => ({
  cells: [trimmed(bytes, from, endOfLine(bytes, from) ?? bytes.length)],
  after: endOfLine(bytes, from) ?? bytes.length,
  lines: 1,
  fault,
});

const isEmpty = (cell: Buffer) => !cell.toString('latin1').trim();

const isBlank = ({ cells, fault }: Record, isHeader: boolean) =>
  !fault && (isHeader ? cells.length === 1 && !cells[0]?.length : cells.every(isEmpty));

/** Up to `most` records of CSV (RFC 4180, any one-byte delimiter); a broken one costs its own line. `last`: no bytes follow. */
export const readCsv = (
  bytes: Buffer,
  {
    delimiter,
    most,
    last,
    line,
    columns,
  }: { delimiter: string; most: number; last: boolean; line: number; columns?: number },
): Read => {
  const rows: Row[] = [];
  const place: At = { byte: 0, lines: 0 };
  const code = delimiter.charCodeAt(0);
  while (place.byte < bytes.length && rows.length < most) {
    let found = recordAt(bytes, place.byte, code, last);
    const long = (found?.after ?? bytes.length) - place.byte > mostRowBytes;
    if (found && long)
      found = skipLine(bytes, place.byte, 'the row is longer than a megabyte: is a quotation mark missing?');
    if (!found) {
      if (!last && !long) break;
      // without its end, a line this long has to be read over in pieces
      if (!last && endOfLine(bytes, place.byte) === undefined) break;
      found = skipLine(bytes, place.byte, 'a quotation that begins here does not end');
    }
    // a missing quotation mark makes one record of several lines: each is read again by itself
    const torn = found.lines > 1 && (found.fault || (columns && found.cells.length !== columns));
    if (torn) found = skipLine(bytes, place.byte, 'a quotation that begins here does not end');
    if (!isBlank(found, columns === undefined)) {
      rows.push({ line: line + place.lines, cells: found.cells, ...(found.fault ? { fault: found.fault } : {}) });
    }
    place.byte = found.after;
    place.lines += found.lines;
  }
  return { rows, bytes: place.byte, lines: place.lines };
};
