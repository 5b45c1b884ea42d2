import { importScheduleDue } from '../../../events/import.ts';
import { type Change, schedule } from '../../shared/store/changes.ts';
import type { StoredSchedule } from './schedule.ts';

/** the timer of a schedule's next time */
export const dueAt = ({ id, nextRunAt }: Pick<StoredSchedule, 'id' | 'nextRunAt'>): Change[] =>
  nextRunAt ? [schedule(nextRunAt, importScheduleDue, { about: id, data: { at: nextRunAt } })] : [];
