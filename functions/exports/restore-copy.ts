import { jobContinued } from '../../events/job.ts';
import { customerPage } from '../customers/reads.ts';
import { filesOf } from '../shared/aws/files.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { wholeOf } from '../shared/store/tenant-copy.ts';
import { format, type Heading, isPortable, type Piece, parseLine, pieceBytes } from './copy-lines.ts';
import { cutOff, lineTooLong, newerCopy, noFile, notACopy, notEmpty } from './errors.ts';
import { kinds } from './kinds.ts';

type Files = ReturnType<typeof filesOf>;

type Upload = { id: string; etags: string[] };

export type Cursor = { byte: number; line: number; size: number; upload: Upload | null };

/** room for the longest line: a piece of a file in base64, or the heading */
const longestLine = 2 * pieceBytes;

const lf = 0x0a;

const headingIn = (start: Buffer): Heading => {
  const end = start.indexOf(lf);
  const found = end < 0 ? undefined : parseLine(start.subarray(0, end).toString());
  if (found && 'heading' in found) return found.heading;
  throw notACopy(`The file is not a copy made by an export: its first line is not a heading of the format ${format}.`);
};

const checkEnd = (tail: Buffer) => {
  const last = tail.toString().trimEnd().split('\n').at(-1) ?? '';
  if (!('end' in parseLine(last))) throw cutOff();
};

/** a copy may contain records of a newer release, which this one would misread */
const checkKinds = ({ kinds: copied }: Heading, ours: Heading['kinds']) => {
  const newer = Object.entries(copied).filter(([kind, { schema }]) => schema > (ours[kind]?.schema ?? 0));
  if (!newer.length) return;
  const names = newer.map(([kind]) => kind).join(', ');
  throw newerCopy(
    `The copy was made by a newer release, and these records cannot be read here: ${names}. Update first.`,
  );
};

/** Checks a copy to be restored: as a whole, into an empty company, as anything else would mix two states. */
export const beginRestore = async (files: Files, path: string, { store, scopes }: Ctx): Promise<Cursor> => {
  if (!scopes.has('settings.admin')) {
    throw scopeMissing('Restoring a copy needs the scope settings.admin.');
  }
  const found = await files.look(path);
  if (!found) throw noFile();
  const { size } = found;
  const [start, tail, customers] = await Promise.all([
    files.read(path, { to: Math.min(size, longestLine) }),
    files.read(path, { from: Math.max(0, size - 1_000), to: size }),
    customerPage(store, { limit: 1 }),
  ]);
  checkKinds(headingIn(start), kinds());
  checkEnd(tail);
  if (customers.items.length) throw notEmpty();
  return { byte: 0, line: 1, size, upload: null };
};

/** lines of a slice: some seconds of work */
const mostLines = 2_000;

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
  if (!lines.length && bytes.length) throw lineTooLong();
  return { lines, byte: byte + at };
};

type StoredJob = { id: string; kind: string; state: string; slice: number };

/** Writes items as they were. Jobs that were running when the copy was made continue. */
const restoreItems = async (items: Item[], { tenant, store }: Ctx) => {
  const whole = wholeOf(tenant);
  await store.restore(items.map(whole.mine));
  const jobs = items.flatMap(({ kind, doc }) => (kind === 'job' ? [doc as StoredJob] : []));
  const running = jobs
    .filter(({ state }) => state === 'running')
    .map(({ id, kind, slice }) => emit(jobContinued, { about: id, data: { kind, slice } }));
  await store.append(running);
};

/** Writes a piece of a file; a large file is an upload of several pieces, passed from one to the next. */
const restorePiece = async (piece: Piece, upload: Upload | null, { tenant }: Ctx): Promise<Upload | null> => {
  const { file, from, size, base64 } = piece;
  const files = filesOf(tenant);
  const bytes = Buffer.from(base64, 'base64');
  if (size <= pieceBytes) {
    await files.put(file, bytes);
    return null;
  }
  const { id, etags } = from === 0 || !upload ? { id: await files.multipart.begin(file), etags: [] } : upload;
  const tags = [...etags, await files.multipart.part(file, id, etags.length + 1, bytes)];
  if (from + bytes.length < size) return { id, etags: tags };
  await files.multipart.end(file, id, tags);
  return null;
};

type LineError = { line: number; column: null; value: string; message: string };

const mostShown = 500;

/** Restores the next lines of a copy; the same again writes the same. */
export const restoreSlice = async (files: Files, path: string, cursor: Cursor, ctx: Ctx, dryRun = false) => {
  const { lines, byte } = await linesAt(files, path, cursor);
  const errors: LineError[] = [];
  const items: Item[] = [];
  let { upload } = cursor;
  for (const [nth, text] of lines.entries()) {
    const line = cursor.line + nth;
    const found = parseLine(text);
    if ('fault' in found) errors.push({ line, column: null, value: text.slice(0, mostShown), message: found.fault });
    if ('item' in found && isPortable(found.item.kind)) items.push(found.item);
    if ('piece' in found && !dryRun) upload = await restorePiece(found.piece, upload, ctx);
  }
  if (!dryRun) await restoreItems(items, ctx);
  const next: Cursor = { byte, line: cursor.line + lines.length, size: cursor.size, upload };
  const counts = { read: lines.length, created: items.length, failed: errors.length };
  return { cursor: byte < cursor.size ? next : null, counts, errors };
};
