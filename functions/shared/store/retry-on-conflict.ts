import { ApiError } from '../http/api-error.ts';
import { VersionConflict } from './transaction.ts';

const mostAttempts = 9;

/** somebody else was faster: with a change of what we read, or with a value that we found free */
export const isConflict = (error: unknown) =>
  error instanceof VersionConflict || (error instanceof ApiError && error.kind === 'conflict');

/** Decides anew, on what is there by then, as long as somebody else is faster. */
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
