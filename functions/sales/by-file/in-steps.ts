import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Decided, Fault, Given } from '../../shared/imports/importable.ts';
import type { Emitted } from '../../shared/store/changes.ts';

/** What a row asks of a record, as the API would be asked; `path`: what of the row asks it. */
export type Step<T> = { path: string; take(at: T): { after: T; said: Emitted[] } };

/** what is said otherwise of fields that may change, as one step; none where nothing is */
export const patching = <T extends object>(
  before: T,
  said: Given,
  patch: (before: T, fresh: Given) => ReturnType<Step<T>['take']>,
): Step<T>[] => {
  const fresh = Object.fromEntries(
    Object.entries(said).filter(
      ([path, value]) => value !== undefined && !isDeepStrictEqual(value, before[path as keyof T]),
    ),
  );
  const [path] = Object.keys(fresh);
  return path === undefined ? [] : [{ path, take: at => patch(at, fresh) }];
};

/** Steps taken one after the other upon a record: one that the API would refuse is left out, and said. */
export const inSteps = <T>(before: T, steps: Step<T>[], found: Fault[] = []): Decided<T> => {
  const faults = [...found];
  let after = before;
  const said: Emitted[] = [];
  for (const { path, take } of steps) {
    try {
      const taken = take(after);
      after = taken.after;
      said.push(...taken.said);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      faults.push(...(error.more.errors ?? [{ path, message: error.message }]));
    }
  }
  return { after, said, faults };
};

/** nothing of a row can be used */
export const nothing = (...faults: Fault[]): { said: []; faults: Fault[] } => ({ said: [], faults });
