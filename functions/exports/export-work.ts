import { filesOf } from '../shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../shared/aws/growing-file.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { SliceCtx, Sliced, Work } from '../shared/jobs/work.ts';
import type { Item } from '../shared/store/entity.ts';
import { type Key, wholeOf } from '../shared/store/tenant-copy.ts';
import { format, isPortable, lineOf, type Piece, pieceBytes } from './copy-lines.ts';
import { copyPath } from './export.ts';
import { kinds } from './kinds.ts';

/** characters that a slice gathers, and pages of the table that it reads, where most of them are other tenants' */
const enough = 8_000_000;
const mostPages = 40;

/** milliseconds left for writing the part */
const writingTime = 10_000;

/** among the items: the key after which; among the files: a page of their names, the place in it, and bytes of that file */
type At = { of: 'items'; after: Key | null } | { of: 'files'; page: string | null; nth: number; byte: number };

type Cursor = { file: GrowingFile; at: At };

/** lines of the copy, what they stand for, and where the next begin; null: these were the last */
type Gathered = { text: string; items: number; files: number; at: At | null };

/** whether an item is copied: no expired timers, and no exports */
const isCopied = ({ kind, dueAt, doc }: Item, now: string) =>
  isPortable(kind) &&
  !(typeof dueAt === 'string' && dueAt <= now) &&
  !(kind === 'job' && (doc as { kind?: string }).kind === 'export');

/** an event is not published again when it is restored */
const unpublished = ({ publish: _, published: __, ...item }: Item): Item => item;

const itemsFrom = async (after: Key | null, { tenant, now }: Ctx): Promise<Gathered> => {
  const page = await wholeOf(tenant).read(after);
  const found = page.items.filter(item => isCopied(item, now));
  const at: At = page.next ? { of: 'items', after: page.next } : { of: 'files', page: null, nth: 0, byte: 0 };
  return { at, text: found.map(item => lineOf(unpublished(item))).join(''), items: found.length, files: 0 };
};

type Files = ReturnType<typeof filesOf>;

const pieceOf = async (files: Files, file: string, from: number): Promise<Piece | undefined> => {
  const size = (await files.look(file))?.size;
  // removed since it was listed
  if (size === undefined) return undefined;
  const bytes = await files.read(file, { from, to: Math.min(size, from + pieceBytes) });
  return { file, from, size, base64: bytes.toString('base64') };
};

const fileFrom = async ({ page, nth, byte }: Extract<At, { of: 'files' }>, { tenant }: Ctx): Promise<Gathered> => {
  const files = filesOf(tenant);
  const { paths, next } = await files.list('', page ?? undefined);
  const file = paths[nth];
  if (file === undefined) {
    return { text: '', items: 0, files: 0, at: next ? { of: 'files', page: next, nth: 0, byte: 0 } : null };
  }
  const piece = await pieceOf(files, file, byte);
  const whole = !piece || byte + pieceBytes >= piece.size;
  const at: At = { of: 'files', page, ...(whole ? { nth: nth + 1, byte: 0 } : { nth, byte: byte + pieceBytes }) };
  return { text: piece ? lineOf(piece) : '', items: 0, files: piece && whole ? 1 : 0, at };
};

const gather = async (from: At, ctx: SliceCtx): Promise<Gathered> => {
  let gathered: Gathered = { text: '', items: 0, files: 0, at: from };
  for (let page = 0; page < ctx.perSlice(mostPages) && gathered.at; page++) {
    if (gathered.text.length >= enough || (page && ctx.timeLeft() < writingTime)) break;
    const { text, items, files } = gathered;
    const more =
      gathered.at.of === 'items' ? await itemsFrom(gathered.at.after, ctx) : await fileFrom(gathered.at, ctx);
    gathered = { text: text + more.text, items: items + more.items, files: files + more.files, at: more.at };
  }
  return gathered;
};

const heading = ({ tenant, now }: Ctx) => lineOf({ rapport: format, tenant, exportedAt: now, kinds: kinds() });

const ending = ({ counts }: Job, more: { items: number; files: number }) =>
  lineOf({ end: true, items: (counts.items ?? 0) + more.items, files: (counts.files ?? 0) + more.files });

const first: Cursor = { file: emptyFile, at: { of: 'items', after: null } };

/** Copies everything to one large file, slice by slice. Each item is as it was when read. */
export const exportWork: Work = {
  async slice(job, ctx): Promise<Sliced> {
    const { id, slice } = job;
    const path = copyPath(id);
    const files = filesOf(ctx.tenant, { short: true });
    const cursor = (job.cursor as Cursor | null) ?? first;
    const { at, text: copied, ...found } = await gather(cursor.at, ctx);
    const text = [job.cursor ? '' : heading(ctx), copied, at ? '' : ending(job, found)].join('');
    const file = await appendTo(files, path, cursor.file, { slice, text });
    if (!at) await completeFile(files, path, file);
    return { cursor: at ? ({ file, at } as never) : null, counts: { ...found, bytes: Buffer.byteLength(text) } };
  },
};
