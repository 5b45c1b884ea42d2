import type { StoredCustomer } from '../../customers/customer.ts';
import { type Hidden, isHidden, mask } from '../../customers/redact.ts';
import type { Left, ValueChange } from '../../customers/undo-profile.ts';
import type { ApiError } from '../../shared/http/api-error.ts';

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

export const reportPath = (jobId: string) => `bulk/${jobId}/report.ndjson`;
