import { importFinished } from '../../events/import.ts';
import { startSearch } from '../matching/search-work.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced } from '../shared/jobs/work.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { emit } from '../shared/store/changes.ts';
import { type Cursor, errorsPath, type Gathering, originOf, type Result, uploadPath } from './import.ts';
import type { RowError } from './rows/parse-row.ts';
import type { Outcome } from './rows/upsert-rows.ts';

type Files = ReturnType<typeof filesOf>;

const mostCounted = 100;

const piecePath = (id: string, piece: number) => `imports/${id}/errors/${piece}.ndjson`;
const leftoverPath = (id: string, slice: number) => `imports/${id}/errors/leftover-${slice}.ndjson`;

export const countsOf = (outcomes: Outcome[]) => {
  const counts: Record<string, number> = { read: outcomes.length, withErrors: 0 };
  for (const { did, errors } of outcomes) {
    counts[did] = (counts[did] ?? 0) + 1;
    if (did !== 'failed' && errors.length) counts.withErrors = (counts.withErrors ?? 0) + 1;
  }
  return counts;
};

/** Stores the errors of a slice's rows in a piece of file, and gives what was found so far. */
export const recordErrors = async (files: Files, { id, result }: Job, all: RowError[]): Promise<Result> => {
  const { errors: before, listed, pieces } = (result as Result | null) ?? { errors: {}, listed: 0, pieces: 0 };
  const lines = all.map(error => `${JSON.stringify(error)}\n`);
  if (lines.length) await files.put(piecePath(id, pieces), lines.join(''));
  const errors = { ...before };
  for (const { column, message } of all) {
    const key = JSON.stringify([column, message]);
    if (key in errors || Object.keys(errors).length < mostCounted) errors[key] = (errors[key] ?? 0) + 1;
  }
  return { errors, listed: listed + all.length, pieces: pieces + (all.length ? 1 : 0) };
};

/** the least that S3 takes for a part, and how many pieces are read for one */
const partBytes = 5_242_880;
const mostPieces = 100;
const atOnce = 10;

/** the leftover of the previous slice and some more pieces, and where the next piece is */
const gathered = async (files: Files, { id }: Job, { next, leftover }: Gathering, pieces: number) => {
  const parts = leftover === undefined ? [] : [await files.read(leftoverPath(id, leftover))];
  let at = next;
  while (at < Math.min(pieces, next + mostPieces) && parts.reduce((sum, { length }) => sum + length, 0) < partBytes) {
    const some = Array.from({ length: Math.min(atOnce, pieces - at) }, (_, nth) => at + nth);
    parts.push(...(await mapConcurrent(some, atOnce, piece => files.read(piecePath(id, piece)))));
    at += some.length;
  }
  return { bytes: Buffer.concat(parts), at };
};

const finishFile = async (files: Files, { id }: Job, { upload, etags }: Gathering, bytes: Buffer) => {
  const path = errorsPath(id);
  if (!upload) return files.put(path, bytes);
  // finished before a crash already
  if (await files.look(path)) return;
  const last = bytes.length ? [await files.multipart.part(path, upload, etags.length + 1, bytes)] : [];
  await files.multipart.end(path, upload, [...etags, ...last]);
};

/** Makes one file of the errors' pieces, some a slice, and finishes the import: its upload is no longer needed. */
export const gatherErrors = async (job: Job, ctx: Ctx): Promise<Sliced> => {
  const files = filesOf(ctx.tenant, { short: true });
  const { gathering = { next: 0, etags: [] }, ...cursor } = job.cursor as Cursor;
  const { pieces } = job.result as Result;
  const { bytes, at } = await gathered(files, job, gathering, pieces);
  if (at < pieces) {
    const { leftover, ...rest } = gathering;
    if (bytes.length < partBytes) {
      await files.put(leftoverPath(job.id, job.slice), bytes);
      return { cursor: { ...cursor, gathering: { ...rest, next: at, leftover: job.slice } } };
    }
    const upload = gathering.upload ?? (await files.multipart.begin(errorsPath(job.id)));
    const etag = await files.multipart.part(errorsPath(job.id), upload, gathering.etags.length + 1, bytes);
    return { cursor: { ...cursor, gathering: { next: at, upload, etags: [...gathering.etags, etag] } } };
  }
  if (pieces) await finishFile(files, job, gathering, bytes);
  await files.remove(uploadPath(job.id));
  const finished = emit(importFinished, { about: job.id, data: { ...originOf(job), rows: job.counts } });
  if (!cursor.later) return { cursor: null, changes: [finished] };
  const search = startSearch(ctx);
  const result: Result = { ...(job.result as Result), search: search.job.id };
  return { cursor: null, changes: [finished, ...search.changes], result };
};
