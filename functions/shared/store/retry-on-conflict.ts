import { ApiError } from '../http/api-error.ts';
import { VersionConflict } from './transaction.ts';

const mostAttempts = 9;

/** another writer was faster: it changed a record that was read, or took a unique value that was free */
export const isConflict = (error: unknown) =>
  error instanceof VersionConflict || (error instanceof ApiError && error.kind === 'conflict');

/** Decides again, on the new state, as long as another writer is faster. */
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
