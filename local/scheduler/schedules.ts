import type { Input } from '../runtime/operations.ts';
import type { Target } from '../runtime/send.ts';
import { AwsError, type Platform } from '../runtime/service.ts';
import { nextTime, parseSchedule } from './schedule-expression.ts';

export type ScheduleTarget = Target & {
  RoleArn?: string;
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
};
/** What a caller says of a schedule; `StartDate` and `EndDate` in epoch milliseconds. */
export type ScheduleBody = {
  ScheduleExpression: string;
  ScheduleExpressionTimezone: string;
  FlexibleTimeWindow: unknown;
  Target: ScheduleTarget;
  State: 'ENABLED' | 'DISABLED';
  ActionAfterCompletion: 'NONE' | 'DELETE';
  StartDate?: number;
  EndDate?: number;
  Description?: string;
  KmsKeyArn?: string;
};
export type Schedule = {
  grp: string;
  name: string;
  body: ScheduleBody;
  token: string | null;
  created: number;
  modified: number;
  next: number | null;
};
export type Group = { name: string; created: number };
type Row = Omit<Schedule, 'body'> & { body: string };

// what the template made is made again at each start, keeping its times; what it no longer names goes then
const schema = `
CREATE TABLE IF NOT EXISTS scheduler_groups (name TEXT PRIMARY KEY, provided INTEGER, created INTEGER);
CREATE TABLE IF NOT EXISTS scheduler_schedules (grp TEXT, name TEXT, body TEXT, token TEXT, created INTEGER,
  modified INTEGER, next INTEGER, provided INTEGER, PRIMARY KEY (grp, name));
CREATE INDEX IF NOT EXISTS scheduler_next ON scheduler_schedules(next) WHERE next IS NOT NULL;
INSERT OR IGNORE INTO scheduler_groups VALUES ('default', 0, 0);
UPDATE scheduler_groups SET provided=2 WHERE provided=1;
UPDATE scheduler_schedules SET provided=2 WHERE provided=1;`;

/** The first time a schedule is due: a rate begins at its start date or at once, a moment already past is due at once. */
export const firstTime = (body: ScheduleBody, now: number): number | null => {
  const { ScheduleExpression, ScheduleExpressionTimezone: zone, StartDate, State } = body;
  if (State === 'DISABLED') return null;
  const schedule = parseSchedule(ScheduleExpression, zone);
  if ('at' in schedule) return schedule.at;
  const start = Math.max(StartDate ?? now, now);
  return withinEnd(body, nextTime(schedule, start - 1, StartDate ?? now, zone));
};

/** The time after a run at `now`; null when it was the last. */
export const followingTime = (body: ScheduleBody, created: number, now: number) => {
  const { ScheduleExpression, ScheduleExpressionTimezone: zone, StartDate } = body;
  const schedule = parseSchedule(ScheduleExpression, zone);
  return 'at' in schedule ? null : withinEnd(body, nextTime(schedule, now, StartDate ?? created, zone));
};

const withinEnd = ({ EndDate }: ScheduleBody, time: number | undefined) =>
  time === undefined || (EndDate !== undefined && time > EndDate) ? null : time;

/** Schedules and their groups, kept in sqlite. */
export const openSchedules = ({ db }: Platform) => {
  db.exec(schema);
  const one = db.prepare('SELECT * FROM scheduler_schedules WHERE grp=? AND name=?');
  const insert = db.prepare('INSERT OR REPLACE INTO scheduler_schedules VALUES (?,?,?,?,?,?,?,?)');
  const remove = db.prepare('DELETE FROM scheduler_schedules WHERE grp=? AND name=?');
  const move = db.prepare('UPDATE scheduler_schedules SET next=? WHERE grp=? AND name=?');
  const due = db.prepare('SELECT * FROM scheduler_schedules WHERE next<=? ORDER BY next, name LIMIT 200');
  const countDue = db.prepare('SELECT count(*) AS n FROM scheduler_schedules WHERE next<=?');
  const soonest = db.prepare('SELECT min(next) AS next FROM scheduler_schedules WHERE next IS NOT NULL');
  const group = db.prepare('SELECT name, created FROM scheduler_groups WHERE name=?');
  const parse = (row: unknown): Schedule => ({ ...(row as Row), body: JSON.parse((row as Row).body) as ScheduleBody });

  return {
    find(grp: string, name: string) {
      const row = one.get(grp, name);
      return row && parse(row);
    },
    save({ grp, name, body, token, created, modified, next }: Schedule, provided = false) {
      insert.run(grp, name, JSON.stringify(body), token, created, modified, next, Number(provided));
    },
    remove: (grp: string, name: string) => remove.run(grp, name).changes,
    move: (grp: string, name: string, next: number | null) => move.run(next, grp, name),
    due: (now: number) => due.all(now).map(parse),
    countDue: (now: number) => (countDue.get(now) as { n: number }).n,
    soonest: () => (soonest.get() as { next: number | null }).next,
    /** in the order of AWS's lists, after a `<group>/<name>` */
    list({ GroupName, NamePrefix = '', State }: Input, after: string, limit: number) {
      const rows = db
        .prepare(
          `SELECT * FROM scheduler_schedules WHERE grp || '/' || name > ? AND (? IS NULL OR grp=?) AND substr(name, 1, ?)=?
            AND (? IS NULL OR json_extract(body, '$.State')=?) ORDER BY grp || '/' || name LIMIT ?`,
        )
        .all(
          after,
          GroupName ?? null,
          GroupName ?? null,
          NamePrefix.length,
          NamePrefix,
          State ?? null,
          State ?? null,
          limit,
        );
      return rows.map(parse);
    },
    group: (name: string) => group.get(name) as Group | undefined,
    groups: () => db.prepare('SELECT name, created FROM scheduler_groups ORDER BY name').all() as Group[],
    putGroup(name: string, now: number, provided: boolean) {
      const values = [name, Number(provided), now];
      db.prepare(
        'INSERT INTO scheduler_groups VALUES (?,?,?) ON CONFLICT DO UPDATE SET provided=excluded.provided',
      ).run(...values);
    },
    removeGroup(name: string) {
      db.prepare('DELETE FROM scheduler_schedules WHERE grp=?').run(name);
      if (!db.prepare('DELETE FROM scheduler_groups WHERE name=?').run(name).changes)
        throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
    },
    /** drops the template's schedules of a former start that this one did not provide again */
    forgetOld: () =>
      db.exec(
        'DELETE FROM scheduler_schedules WHERE provided=2; UPDATE scheduler_groups SET provided=0 WHERE provided=2',
      ),
  };
};
export type Schedules = ReturnType<typeof openSchedules>;
