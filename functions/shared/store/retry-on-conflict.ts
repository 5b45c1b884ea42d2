import { ApiError } from '../http/api-error.ts';
import { VersionConflict } from './transaction.ts';

const mostRepeats = 8;

/** before a repeated attempt, at what a busy table left undone or another writer was faster with */
export const pause = (attempt: number) =>
  new Promise(resolve => setTimeout(resolve, Math.min(2 ** attempt * 10, 2000) * Math.random()));

/** a concurrent writer changed a record that was read, or took a unique value */
export const isConflict = (error: unknown) =>
  error instanceof VersionConflict || (error instanceof ApiError && error.kind === 'conflict');

/** Repeats a decision on the new state after a concurrent write. */
export const retryOnConflict = async <T>(
  decide: () => Promise<T>,
  lost: (error: unknown) => boolean = error => error instanceof VersionConflict,
): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await decide();
    } catch (error) {
      if (!lost(error) || attempt === mostRepeats) throw error;
      await pause(attempt);
    }
  }
};
