import { customerPage } from '../customers/reads.ts';
import type { filesOf } from '../shared/aws/files.ts';
import { ApiError, type FieldError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { kinds } from './kinds.ts';
import { format, type Heading, pieceBytes } from './lines.ts';
import { parseLine } from './parse-line.ts';

type Files = ReturnType<typeof filesOf>;

/** room for the longest line: a piece of a file in base64, or the heading */
export const longestLine = 2 * pieceBytes;

/** where the next slice begins */
export type Cursor = { byte: number; line: number; size: number; upload: { id: string; etags: string[] } | null };

const conflict = (code: string, message: string) => new ApiError('conflict', code, message);

const notACopy = (why: string) => conflict('import.not-a-copy', `the file is no copy made by an export: ${why}`);

const headingIn = (start: Buffer): Heading => {
  const end = start.indexOf(0x0a);
  const found = end < 0 ? undefined : parseLine(start.subarray(0, end).toString());
  if (found && 'heading' in found) return found.heading;
  throw notACopy(`its first line is no heading of the format ${format}`);
};

const mustEnd = (tail: Buffer) => {
  const last = tail.toString().trimEnd().split('\n').at(-1) ?? '';
  if (!('end' in parseLine(last))) throw conflict('import.cut-off', 'the file is cut off: its last line is no end');
};

/** a copy may hold records of a newer release, which this one would misread */
const mustBeKnown = ({ kinds: theirs }: Heading, ours: Heading['kinds']) => {
  const newer: FieldError[] = Object.entries(theirs)
    .filter(([kind, { schema }]) => schema > (ours[kind]?.schema ?? 0))
    .map(([kind]) => ({ path: kind, message: 'is of a newer release than this one' }));
  if (!newer.length) return;
  const named = newer.map(({ path }) => path).join(', ');
  throw conflict('import.newer', `the copy was made by a newer release; these records cannot be read here: ${named}`);
};

/** A copy is taken back whole, into an empty company: anything else would be two states in one. */
export const beginRestore = async (files: Files, path: string, { store, scopes }: Ctx): Promise<Cursor> => {
  if (!scopes.has('settings.admin')) {
    throw new ApiError('forbidden', 'scope.missing', 'taking a copy back needs the scope settings.admin');
  }
  const found = await files.look(path);
  if (!found) throw conflict('import.no-file', 'the file was not uploaded yet: PUT it to uploadUrl');
  const { size } = found;
  const [start, tail, there] = await Promise.all([
    files.read(path, { to: Math.min(size, longestLine) }),
    files.read(path, { from: Math.max(0, size - 1_000), to: size }),
    customerPage(store, { limit: 1 }),
  ]);
  mustBeKnown(headingIn(start), kinds());
  mustEnd(tail);
  if (there.items.length)
    throw conflict(
      'import.not-empty',
      'there are customers already: a copy is taken back whole, into an empty company',
    );
  return { byte: 0, line: 1, size, upload: null };
};
