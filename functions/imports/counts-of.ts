import type { Outcome } from './decide-rows.ts';

/** what became of some rows, counted */
export const countsOf = (outcomes: Outcome[]) => {
  const counts: Record<string, number> = { read: outcomes.length, withErrors: 0 };
  for (const { did, errors } of outcomes) {
    counts[did] = (counts[did] ?? 0) + 1;
    if (did !== 'failed' && errors.length) counts.withErrors = (counts.withErrors ?? 0) + 1;
  }
  return counts;
};
