import { invalid } from '../shared/http/api-error.ts';

/** a time in days, both included; open where nothing is said */
export type Days = { from?: string | undefined; until?: string | undefined };

export const overlap = (a: Days, b: Days) => (a.from ?? '') <= (b.until ?? '~') && (b.from ?? '') <= (a.until ?? '~');

export const isOn = (days: Days, day: string) => overlap(days, { from: day, until: day });

/** refuses a time that ends before it begins */
export const mustBeInOrder = ({ from, until }: Days) => {
  if (from && until && until < from) throw invalid([{ path: 'until', message: `is before from, ${from}` }]);
};
