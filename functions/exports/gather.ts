import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { wholeOf } from '../shared/store/tenant-copy.ts';
import type { At } from './export.ts';
import { lasting, lineOf, type Piece, pieceBytes, unpublished } from './lines.ts';

/** a slice gathers about so much */
const enough = 8_000_000;

/** pages of the table read in a slice, where most of them are other tenants' */
const mostPages = 40;

/** lines of the copy, and what they stand for */
export type Gathered = { text: string; items: number; files: number };

const none: Gathered = { text: '', items: 0, files: 0 };

const itemsFrom = async (after: Extract<At, { of: 'items' }>['after'], { tenant, now }: Ctx) => {
  const page = await wholeOf(tenant).read(after);
  const found = page.items.filter(item => lasting(item, now));
  const at: At = page.next ? { of: 'items', after: page.next } : { of: 'files', page: null, nth: 0, byte: 0 };
  return { at, text: found.map(item => lineOf(unpublished(item))).join(''), items: found.length, files: 0 };
};

type Files = ReturnType<typeof filesOf>;
type InFiles = Extract<At, { of: 'files' }>;

const pieceOf = async (files: Files, file: string, from: number) => {
  const size = (await files.look(file))?.size;
  // removed since it was listed
  if (size === undefined) return undefined;
  const bytes = await files.read(file, { from, to: Math.min(size, from + pieceBytes) });
  return { file, from, size, base64: bytes.toString('base64') } satisfies Piece;
};

const fileFrom = async ({ page, nth, byte }: InFiles, { tenant }: Ctx): Promise<Gathered & { at: At | null }> => {
  const files = filesOf(tenant);
  const { paths, next } = await files.list('', page ?? undefined);
  const file = paths[nth];
  if (file === undefined) return { ...none, at: next ? { of: 'files', page: next, nth: 0, byte: 0 } : null };
  const piece = await pieceOf(files, file, byte);
  const whole = !piece || byte + pieceBytes >= piece.size;
  const at: At = { of: 'files', page, ...(whole ? { nth: nth + 1, byte: 0 } : { nth, byte: byte + pieceBytes }) };
  return { text: piece ? lineOf(piece) : '', items: 0, files: piece && whole ? 1 : 0, at };
};

/** The next lines of a copy, and where those after them begin; null: these were the last. */
export const gather = async (from: At, ctx: Ctx): Promise<Gathered & { at: At | null }> => {
  let at: At | null = from;
  let gathered = none;
  for (let page = 0; at && page < mostPages && gathered.text.length < enough; page++) {
    const more: Gathered & { at: At | null } =
      at.of === 'items' ? await itemsFrom(at.after, ctx) : await fileFrom(at, ctx);
    gathered = {
      text: gathered.text + more.text,
      items: gathered.items + more.items,
      files: gathered.files + more.files,
    };
    at = more.at;
  }
  return { ...gathered, at };
};
