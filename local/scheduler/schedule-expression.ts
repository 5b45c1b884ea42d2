import { type Cron, nextCron, parseCron } from './cron.ts';
import { whenWallShowsOrWould } from './wall-time.ts';

export type ScheduleExpression = { at: number } | { every: number } | { cron: Cron };

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const parseRate = (text: string) => {
  const [, count = '', unit = '', plural] = /^(\d+)\s+(minute|hour|day)(s?)$/.exec(text.trim()) ?? [];
  const one = Number(count) === 1;
  if (!Number(count) || one === (plural === 's')) throw new Error(`not a rate: ${text}`);
  return Number(count) * units[unit]!;
};

/** Reads `at(…)`, `rate(…)` or `cron(…)`; throws what is wrong with it. `at` becomes epoch milliseconds. */
export const parseSchedule = (expression: string, zone = 'UTC'): ScheduleExpression => {
  const [, kind, body = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return { every: parseRate(body) };
  if (kind === 'cron') return { cron: parseCron(body) };
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
  if (kind !== 'at' || Number.isNaN(wall)) throw new Error(`not a schedule expression: ${expression}`);
  return { at: whenWallShowsOrWould(wall, zone) };
};

/** The first time after `after`; a rate counts from `since`. Undefined when it never comes again. */
export const nextTime = (schedule: ScheduleExpression, after: number, since: number, zone = 'UTC') => {
  if ('at' in schedule) return schedule.at > after ? schedule.at : undefined;
  if ('cron' in schedule) return nextCron(schedule.cron, after, zone);
  if (since > after) return since;
  return since + (Math.floor((after - since) / schedule.every) + 1) * schedule.every;
};
