import { importFinished } from '../../events/import.ts';
import { startSearch } from '../matching/search-work.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced } from '../shared/jobs/work.ts';
import { emit } from '../shared/store/changes.ts';
import {
  type Cursor,
  carriedPath,
  errorsPath,
  type Gathering,
  piecePath,
  type Result,
  saidOf,
  uploadPath,
} from './import.ts';

type Files = ReturnType<typeof filesOf>;

/** the least that S3 takes for a part, and how many pieces are read for one */
const partBytes = 5_242_880;
const mostPieces = 100;
const abreast = 10;

/** what was carried over and some more pieces, and where the next piece is */
const gathered = async (files: Files, { id }: Job, { next, carried }: Gathering, pieces: number) => {
  const parts = carried === undefined ? [] : [await files.read(carriedPath(id, carried))];
  let at = next;
  while (at < Math.min(pieces, next + mostPieces) && parts.reduce((sum, { length }) => sum + length, 0) < partBytes) {
    const some = Array.from({ length: Math.min(abreast, pieces - at) }, (_, nth) => at + nth);
    parts.push(...(await Promise.all(some.map(piece => files.read(piecePath(id, piece))))));
    at += some.length;
  }
  return { bytes: Buffer.concat(parts), at };
};

const end = async (files: Files, { id }: Job, { upload, etags }: Gathering, bytes: Buffer) => {
  const path = errorsPath(id);
  if (!upload) return files.put(path, bytes);
  // ended before a crash already
  if (await files.look(path)) return;
  const last = bytes.length ? [await files.multipart.part(path, upload, etags.length + 1, bytes)] : [];
  await files.multipart.end(path, upload, [...etags, ...last]);
};

/** Makes one file of the errors' pieces, some a slice, and ends the import: its upload is no longer needed. */
export const gatherErrors = async (job: Job, ctx: Ctx): Promise<Sliced> => {
  const files = filesOf(ctx.tenant, { short: true });
  const { gathering = { next: 0, etags: [] }, ...cursor } = job.cursor as Cursor;
  const { pieces } = job.result as Result;
  const { bytes, at } = await gathered(files, job, gathering, pieces);
  if (at < pieces) {
    const { carried, ...rest } = gathering;
    if (bytes.length < partBytes) {
      await files.put(carriedPath(job.id, job.slice), bytes);
      return { cursor: { ...cursor, gathering: { ...rest, next: at, carried: job.slice } } };
    }
    const upload = gathering.upload ?? (await files.multipart.begin(errorsPath(job.id)));
    const etag = await files.multipart.part(errorsPath(job.id), upload, gathering.etags.length + 1, bytes);
    return { cursor: { ...cursor, gathering: { next: at, upload, etags: [...gathering.etags, etag] } } };
  }
  if (pieces) await end(files, job, gathering, bytes);
  await files.remove(uploadPath(job.id));
  const said = emit(importFinished, { about: job.id, data: { ...saidOf(job), rows: job.counts } });
  if (!cursor.later) return { cursor: null, changes: [said] };
  const search = startSearch(ctx);
  const result: Result = { ...(job.result as Result), search: search.job.id };
  return { cursor: null, changes: [said, ...search.changes], result };
};
