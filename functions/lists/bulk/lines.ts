import type { StoredCustomer } from '../../customers/customer.ts';
import { type Hidden, isHidden, mask } from '../../customers/redact.ts';
import type { ApiError } from '../../shared/http/api-error.ts';
import type { Left, Told } from './bulk-log.ts';

/** A line of a job's report: what was changed of one customer, or why nothing could be. */
export type Line = {
  customerId: StoredCustomer['id'];
  changes: Told[];
  fixes?: Record<string, number>;
  /** what was not changed, or not taken back, and why */
  left?: Left[];
  problem?: { code: string; message: string };
};

export const lineOf = (
  customerId: Line['customerId'],
  changes: Told[],
  { fixes, left = [] }: Pick<Line, 'fixes' | 'left'> = {},
): Line => ({
  customerId,
  changes,
  ...(fixes ? { fixes } : {}),
  ...(left.length ? { left } : {}),
});

export const failed = (customerId: Line['customerId'], { code, message }: ApiError): Line => ({
  customerId,
  changes: [],
  problem: { code, message },
});

const sum = (counts: Record<string, number>, more: Record<string, number>) => {
  for (const [name, by] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + by;
};

/** the counts of a fix stand among the job's own under this prefix */
export const fixCount = 'fix:';

/** what a slice adds to a job's counts */
export const countsOf = (looked: number, lines: Line[]): Record<string, number> => {
  const counts = { looked, fitting: lines.length, changed: 0, unchanged: 0, failed: 0 };
  for (const { changes, problem, left, fixes = {} } of lines) {
    if (problem) counts.failed++;
    else if (changes.length) counts.changed++;
    else counts.unchanged++;
    if (left?.length) sum(counts, { left: 1 });
    sum(counts, Object.fromEntries(Object.entries(fixes).map(([fix, by]) => [`${fixCount}${fix}`, by])));
  }
  return counts;
};

/** changes without the values that are hidden */
export const veiled = <T extends Told>(changes: T[], hidden: Hidden): T[] =>
  changes.map(one => (isHidden(hidden, one.attribute) ? { ...one, from: mask(one.from), to: mask(one.to) } : one));

export const veiledLines = (lines: Line[], hidden: Hidden): Line[] =>
  hidden.length ? lines.map(line => ({ ...line, changes: veiled(line.changes, hidden) })) : lines;
