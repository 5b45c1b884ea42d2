import type { StoredCustomer } from '../../customers/customer.ts';
import { type Hidden, isHidden, mask } from '../../customers/redact.ts';
import type { filesOf } from '../../shared/aws/files.ts';
import type { ApiError } from '../../shared/http/api-error.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import type { Left, ValueChange } from './bulk-log.ts';

export type Line = {
  customerId: StoredCustomer['id'];
  changes: ValueChange[];
  fixes?: Record<string, number>;
  left?: Left[];
  problem?: { code: string; message: string };
};

type Details = { fixes?: Line['fixes'] | undefined; left?: Left[] | undefined };

export const lineOf = (
  customerId: Line['customerId'],
  changes: ValueChange[],
  { fixes, left = [] }: Details = {},
): Line => ({ customerId, changes, ...(fixes ? { fixes } : {}), ...(left.length ? { left } : {}) });

export const failed = (customerId: Line['customerId'], { code, message }: ApiError): Line => ({
  customerId,
  changes: [],
  problem: { code, message },
});

/** prefix of the counts of fixes among the job's own */
export const fixCount = 'fix:';

export const countsOf = (looked: number, lines: Line[]): Record<string, number> => {
  const counts: Record<string, number> = { looked, fitting: lines.length, changed: 0, unchanged: 0, failed: 0 };
  const add = (name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  for (const { changes, problem, left, fixes = {} } of lines) {
    add(problem ? 'failed' : changes.length ? 'changed' : 'unchanged');
    if (left?.length) add('left');
    for (const [fix, by] of Object.entries(fixes)) add(`${fixCount}${fix}`, by);
  }
  return counts;
};

export const maskedChanges = <T extends ValueChange>(changes: T[], hidden: Hidden): T[] =>
  changes.map(one => (isHidden(hidden, one.attribute) ? { ...one, from: mask(one.from), to: mask(one.to) } : one));

export const maskedLines = (lines: Line[], hidden: Hidden): Line[] =>
  hidden.length ? lines.map(line => ({ ...line, changes: maskedChanges(line.changes, hidden) })) : lines;

type Files = ReturnType<typeof filesOf>;

const folder = (jobId: string) => `bulk/${jobId}/`;

export const reportPath = (jobId: string) => `bulk/${jobId}.ndjson`;

/** writes the report of one slice; a repeated slice writes it again */
export const putLines = async (files: Files, jobId: string, slice: number, lines: Line[]) => {
  if (!lines.length) return;
  const body = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  await files.put(`${folder(jobId)}${String(slice).padStart(8, '0')}.ndjson`, body);
};

/** where joining continues: after which slice's report, with the written parts of the whole */
export type Joining = { after: string | null; upload: string | null; etags: string[] };

/** the least size of a part of a file, but for its last (S3) */
const leastPart = 5 * 1_048_576;

const concurrent = 10;

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

const nextPart = async (files: Files, paths: string[]) => {
  const read: Buffer[] = [];
  let bytes = 0;
  let at = 0;
  while (at < paths.length && bytes < leastPart) {
    const some = await mapConcurrent(paths.slice(at, at + concurrent), concurrent, path => files.read(path));
    read.push(...some);
    bytes += some.reduce((all, { length }) => all + length, 0);
    at += some.length;
  }
  return { body: Buffer.concat(read), last: at < paths.length ? (paths[at - 1] as string) : null };
};

/** Joins the reports of some slices to the one file that is downloaded. Returns where to continue; null: it is complete. */
export const joinReports = async (files: Files, jobId: string, at: Joining): Promise<Joining | null> => {
  const path = reportPath(jobId);
  // it was completed before a crash
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
