import type { Decided, Fault } from '../../shared/by-file.ts';
import type { Saying } from '../../shared/changes.ts';
import { Refusal } from '../../shared/refusal.ts';

/** What a row asks of a record, as the API would be asked; `path`: what of the row asks it. */
export type Step<T> = { path: string; take(at: T): { after: T; said: Saying[] } };

/** Steps taken one after the other upon a record: one that the API would refuse is left out, and said. */
export const inSteps = <T>(before: T, steps: Step<T>[], found: Fault[] = []): Decided<T> => {
  const faults = [...found];
  let after = before;
  const said: Saying[] = [];
  for (const { path, take } of steps) {
    try {
      const taken = take(after);
      after = taken.after;
      said.push(...taken.said);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(...(error.more.errors ?? [{ path, message: error.message }]));
    }
  }
  return { after, said, faults };
};

/** nothing of a row can be used */
export const nothing = (...faults: Fault[]): { said: []; faults: Fault[] } => ({ said: [], faults });
