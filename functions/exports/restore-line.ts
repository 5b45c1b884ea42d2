import { jobContinued } from '../../events/job.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { wholeOf } from '../shared/store/tenant-copy.ts';
import { type Piece, pieceBytes } from './lines.ts';

/** a large file that is being put together */
export type Upload = { id: string; etags: string[] };

type Job = { id: string; kind: string; state: string; slice: number };

/** Puts items back as they were. Jobs that were under way when the copy was made go on. */
export const restoreItems = async (items: Item[], { tenant, store }: Ctx) => {
  const whole = wholeOf(tenant);
  await store.restore(items.map(whole.mine));
  const jobs = items.flatMap(({ kind, doc }) => (kind === 'job' ? [doc as Job] : []));
  const running = jobs
    .filter(({ state }) => state === 'running')
    .map(({ id, kind, slice }) => emit(jobContinued, { about: id, data: { kind, slice } }));
  await store.append(running);
};

/** Puts a piece of a file back; a large file is an upload of several pieces, given from one to the next. */
export const restorePiece = async (
  { file, from, size, base64 }: Piece,
  upload: Upload | null,
  { tenant }: Ctx,
): Promise<Upload | null> => {
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
