import type { filesOf } from '../shared/aws/files.ts';
import type { Job } from '../shared/jobs/job.ts';
import { errorKey, nothingFound, piecePath, type Result } from './import.ts';
import type { RowError } from './row-profile.ts';

/** different errors that are counted; files with more have others to worry about */
const mostCounted = 100;

const counted = (before: Result['errors'], all: RowError[]) => {
  const errors = { ...before };
  for (const { column, message } of all) {
    const key = errorKey(column, message);
    if (key in errors || Object.keys(errors).length < mostCounted) errors[key] = (errors[key] ?? 0) + 1;
  }
  return errors;
};

/** Keeps what was wrong with the rows of a slice in a piece of file, and gives what was found so far. */
export const noteErrors = async (
  files: ReturnType<typeof filesOf>,
  { id, result }: Job,
  all: RowError[],
): Promise<Result> => {
  const before = (result as Result | null) ?? nothingFound;
  const lines = all.map(error => `${JSON.stringify(error)}\n`);
  if (lines.length) await files.put(piecePath(id, before.pieces), lines.join(''));
  return {
    errors: counted(before.errors, all),
    listed: before.listed + all.length,
    pieces: before.pieces + (all.length ? 1 : 0),
  };
};
