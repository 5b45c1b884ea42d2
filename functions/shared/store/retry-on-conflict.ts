import { ApiError } from '../http/api-error.ts';
import { VersionConflict } from './transaction.ts';

const mostAttempts = 9;

/** a concurrent writer changed a record that was read, or took a unique value */
export const isConflict = (error: unknown) =>
  error instanceof VersionConflict || (error instanceof ApiError && error.kind === 'conflict');

/** Repeats a decision on the new state after a concurrent write. */
export const retryOnConflict = async <T>(
  decide: () => Promise<T>,
  lost: (error: unknown) => boolean = error => error instanceof VersionConflict,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await decide();
    } catch (error) {
      if (!lost(error) || attempt === mostAttempts) throw error;
      await new Promise(resolve => setTimeout(resolve, 2 ** attempt * 5 * Math.random()));
    }
  }
};
