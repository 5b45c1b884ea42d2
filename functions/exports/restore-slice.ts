import type { filesOf } from '../shared/aws/files.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Item } from '../shared/store/entity.ts';
import { type Cursor, longestLine } from './begin-restore.ts';
import { parseLine } from './parse-line.ts';
import { restoreItems, restorePiece } from './restore-line.ts';

type Files = ReturnType<typeof filesOf>;

/** lines of a slice: some seconds of work */
const mostLines = 2_000;

/** A line that cannot be taken back, in the way of every import's errors. */
export type LineError = { line: number; column: null; value: string; message: string };

const lf = 0x0a;

/** whole lines from a place on, and where the next begins */
const linesAt = async (files: Files, path: string, { byte, size }: Cursor) => {
  const bytes = await files.read(path, { from: byte, to: Math.min(size, byte + longestLine) });
  const lines: string[] = [];
  let at = 0;
  while (at < bytes.length && lines.length < mostLines) {
    const end = bytes.indexOf(lf, at);
    if (end < 0 && byte + bytes.length < size) break;
    lines.push(bytes.subarray(at, end < 0 ? bytes.length : end).toString());
    at = end < 0 ? bytes.length : end + 1;
  }
  if (!lines.length && bytes.length)
    throw new ApiError('invalid', 'import.line-too-long', 'a line of the copy is too long');
  return { lines, byte: byte + at };
};

/** Takes the next lines of a copy back; the same again writes the same. */
export const restoreSlice = async (files: Files, path: string, cursor: Cursor, ctx: Ctx, dryRun = false) => {
  const { lines, byte } = await linesAt(files, path, cursor);
  const errors: LineError[] = [];
  const items: Item[] = [];
  let { upload } = cursor;
  for (const [nth, text] of lines.entries()) {
    const line = cursor.line + nth;
    const found = parseLine(text);
    if ('fault' in found) errors.push({ line, column: null, value: text.slice(0, 500), message: found.fault });
    if ('item' in found) items.push(found.item);
    if ('piece' in found && !dryRun) upload = await restorePiece(found.piece, upload, ctx);
  }
  if (!dryRun) await restoreItems(items, ctx);
  const next: Cursor = { byte, line: cursor.line + lines.length, size: cursor.size, upload };
  const counts = { read: lines.length, created: items.length, failed: errors.length };
  return { cursor: byte < cursor.size ? next : null, counts, errors };
};
