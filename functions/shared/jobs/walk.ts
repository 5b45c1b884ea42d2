import { plus } from '../time/duration.ts';
import type { Job } from './job.ts';
import type { Sliced } from './work.ts';

/** Where a job is in a list that it goes through twice: lists show late what was written just before. */
export type Walk = { pass: 1 | 2; after: string | null };

export const walkOf = ({ cursor }: Job): Walk => (cursor as Walk | null) ?? { pass: 1, after: null };

/** by then a list shows all that was written before the job */
export const stragglersAfter = 'PT1M';

/** the next page, the second pass, or the end */
export const walked = (at: Walk, next: string | null, now: string): Pick<Sliced, 'cursor' | 'at'> => {
  if (next) return { cursor: { ...at, after: next } };
  return at.pass === 2 ? { cursor: null } : { cursor: { pass: 2, after: null }, at: plus(now, stragglersAfter) };
};
