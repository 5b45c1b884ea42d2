import type { filesOf } from '../../shared/aws/files.ts';
import type { Line } from './lines.ts';

type Files = ReturnType<typeof filesOf>;

const folder = (jobId: string) => `bulk/${jobId}/`;

/** a job's whole report, as it is downloaded */
export const reportPath = (jobId: string) => `bulk/${jobId}.ndjson`;

/** the report of one slice; a slice done again writes it again */
export const putLines = async (files: Files, jobId: string, slice: number, lines: Line[]) => {
  if (!lines.length) return;
  const body = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  await files.put(`${folder(jobId)}${String(slice).padStart(8, '0')}.ndjson`, body);
};

/** where gathering goes on: after which slice's report, with the parts of the whole that are written */
export type Gathering = { after: string | null; upload: string | null; etags: string[] };

/** the least that a part of a file has, but its last (S3) */
const leastPart = 5 * 1_048_576;

/** reports read at a time */
const abreast = 10;

const pathsOf = async (files: Files, jobId: string, after: string | null) => {
  const paths: string[] = [];
  let next: string | undefined;
  do {
    const page = await files.list(folder(jobId), next);
    paths.push(...page.paths);
    next = page.next;
  } while (next);
  return paths.sort().filter(path => after === null || path > after);
};

/** the next part of the whole: the reports of some slices, and the one it ends with unless it is the last */
const nextPart = async (files: Files, paths: string[]) => {
  const read: Buffer[] = [];
  let bytes = 0;
  let at = 0;
  while (at < paths.length && bytes < leastPart) {
    const some = await Promise.all(paths.slice(at, at + abreast).map(path => files.read(path)));
    read.push(...some);
    bytes += some.reduce((all, { length }) => all + length, 0);
    at += some.length;
  }
  return { body: Buffer.concat(read), last: at < paths.length ? (paths[at - 1] as string) : null };
};

/** Puts a part of the slices' reports into the one file that is downloaded. Gives where to go on; null: it is whole. */
export const gather = async (files: Files, jobId: string, at: Gathering): Promise<Gathering | null> => {
  const path = reportPath(jobId);
  // it was whole before a crash kept anybody from noting so
  if (at.upload !== null && (await files.look(path))) return null;
  const { body, last } = await nextPart(files, await pathsOf(files, jobId, at.after));
  if (last === null && at.upload === null) {
    await files.put(path, body);
    return null;
  }
  const upload = at.upload ?? (await files.multipart.begin(path));
  const etag = await files.multipart.part(path, upload, at.etags.length + 1, body);
  const etags = [...at.etags, etag];
  if (last !== null) return { after: last, upload, etags };
  await files.multipart.end(path, upload, etags);
  return null;
};
