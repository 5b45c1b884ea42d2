/** One limit that fails the benchmark when passed. */
export type Budget = { name: string; limit: number; found: number; unit: string };

export const passed = ({ limit, found }: Budget) => found > limit;

export const budgetLine = ({ name, limit, found, unit }: Budget) =>
  `${found > limit ? 'OVER  ' : 'within'}  ${name}: ${found} of ${limit} ${unit}`;
