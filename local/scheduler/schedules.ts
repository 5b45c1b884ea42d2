import { type Input, instant } from '../runtime/operations.ts';
import type { Target } from '../runtime/send.ts';
import { AwsError, type Platform } from '../runtime/service.ts';

export type ScheduleTarget = Target & {
  RoleArn?: string;
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
};
export type ScheduleBody = {
  ScheduleExpression: string;
  ScheduleExpressionTimezone: string;
  FlexibleTimeWindow: unknown;
  Target: ScheduleTarget;
  State: 'ENABLED' | 'DISABLED';
  ActionAfterCompletion: 'NONE' | 'DELETE';
  Description?: string;
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

const invalid = (message: string) => new AwsError('ValidationException', message);

const isJson = (text: unknown) => {
  try {
    return typeof text === 'string' && JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
};

const checkTarget = ({ Arn, RoleArn, Input: text, EventBridgeParameters }: Input) => {
  if (!Arn?.startsWith('arn:')) throw invalid(`Provided Arn is not in correct format: ${Arn}`);
  if (!RoleArn) throw invalid("Value null at 'target.roleArn' failed to satisfy constraint: Member must not be null");
  if (Arn.includes(':lambda:') && text !== undefined && !isJson(text))
    throw invalid('Invalid Input for target: not valid JSON.');
  if (!Arn.includes(':event-bus/')) return;
  if (!EventBridgeParameters?.DetailType || !EventBridgeParameters.Source)
    throw invalid('EventBridgeParameters is required for EventBridge PutEvents targets.');
  if (!isJson(text)) throw invalid('Invalid Input for target: Detail must be valid JSON.');
};

/** When a one-time schedule is due, epoch milliseconds; a moment already past is due at once. */
export const timeOf = ({ ScheduleExpression, State }: ScheduleBody): number | null => {
  const [, wall = ''] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(ScheduleExpression.trim()) ?? [];
  const time = instant(`${wall}Z`);
  if (Number.isNaN(time))
    throw invalid(`Invalid Schedule Expression ${ScheduleExpression}: only at(yyyy-mm-ddThh:mm:ss) runs locally.`);
  return State === 'DISABLED' ? null : time;
};

export const scheduleBody = (input: Input): ScheduleBody => {
  const { ScheduleExpression, ScheduleExpressionTimezone = 'UTC', FlexibleTimeWindow, Target, Description } = input;
  const { State = 'ENABLED', ActionAfterCompletion = 'NONE' } = input;
  if (ScheduleExpressionTimezone !== 'UTC')
    throw invalid(`Invalid Schedule Expression Timezone ${ScheduleExpressionTimezone}: only UTC runs locally.`);
  const { Mode, MaximumWindowInMinutes } = FlexibleTimeWindow;
  if (!['OFF', 'FLEXIBLE'].includes(Mode) || (Mode === 'FLEXIBLE') !== (MaximumWindowInMinutes !== undefined))
    throw invalid('FlexibleTimeWindow must be OFF, or FLEXIBLE with MaximumWindowInMinutes.');
  checkTarget(Target);
  const body = { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, State, ActionAfterCompletion };
  timeOf(body as ScheduleBody);
  return { ...body, Target: Target as ScheduleTarget, ...(Description !== undefined && { Description }) };
};

const schema = `
CREATE TABLE IF NOT EXISTS schedules (grp TEXT, name TEXT, body TEXT, token TEXT, created INTEGER, modified INTEGER,
  next INTEGER, PRIMARY KEY (grp, name));
CREATE INDEX IF NOT EXISTS schedules_next ON schedules(next) WHERE next IS NOT NULL;`;

export const openSchedules = ({ db }: Platform) => {
  db.exec(schema);
  const one = db.prepare('SELECT * FROM schedules WHERE grp=? AND name=?');
  const insert = db.prepare('INSERT OR REPLACE INTO schedules VALUES (?,?,?,?,?,?,?)');
  const remove = db.prepare('DELETE FROM schedules WHERE grp=? AND name=?');
  const done = db.prepare('UPDATE schedules SET next=NULL WHERE grp=? AND name=?');
  const due = db.prepare('SELECT * FROM schedules WHERE next<=? ORDER BY next, name LIMIT 200');
  const countDue = db.prepare('SELECT count(*) AS n FROM schedules WHERE next<=?');
  const soonest = db.prepare('SELECT min(next) AS next FROM schedules WHERE next IS NOT NULL');
  const groups = new Set(['default']);
  const list = db.prepare(`SELECT * FROM schedules WHERE grp || '/' || name > ? AND (? IS NULL OR grp=?)
    AND substr(name, 1, ?)=? AND (? IS NULL OR json_extract(body, '$.State')=?) ORDER BY grp || '/' || name LIMIT ?`);
  const parse = (row: Record<string, unknown>) => ({ ...row, body: JSON.parse(String(row.body)) }) as Schedule;

  return {
    find(grp: string, name: string) {
      const row = one.get(grp, name);
      return row && parse(row);
    },
    save: ({ grp, name, body, token, created, modified, next }: Schedule) =>
      void insert.run(grp, name, JSON.stringify(body), token, created, modified, next),
    remove: (grp: string, name: string) => void remove.run(grp, name),
    done: (grp: string, name: string) => void done.run(grp, name),
    due: (now: number) => due.all(now).map(parse),
    countDue: (now: number) => countDue.get(now)!.n as number,
    soonest: () => soonest.get()!.next as number | null,
    /** in the order of AWS's lists, after a `<group>/<name>` */
    list({ GroupName = null, NamePrefix = '', State = null }: Input, after: string, limit: number) {
      return list.all(after, GroupName, GroupName, NamePrefix.length, NamePrefix, State, State, limit).map(parse);
    },
    hasGroup: (name: string) => groups.has(name),
    addGroup: (name: string) => void groups.add(name),
  };
};

export type Schedules = ReturnType<typeof openSchedules>;
