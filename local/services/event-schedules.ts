import { randomUUID } from 'node:crypto';
import type { Platform } from '../service.ts';
import { alarm } from './alarm.ts';
import { atomically } from './atomically.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventRules } from './event-rules.ts';
import type { EventIntake } from './put-events.ts';
import { nextTime, parseSchedule } from './schedule-expression.ts';

const schema = `CREATE TABLE IF NOT EXISTS events_schedules (arn TEXT PRIMARY KEY, schedule TEXT, since INTEGER, next INTEGER)`;
type Row = { arn: string; schedule: string; since: number; next: number | null };

/** Runs the rules that have a rate or cron expression. Times missed while the runtime was off come once, late. */
export const eventSchedules = (platform: Platform, rules: EventRules, intake: EventIntake, deliveries: Deliveries) => {
  const { db, clock, account, region } = platform;
  db.exec(schema);
  const known = db.prepare('SELECT * FROM events_schedules WHERE arn=?');
  const save = db.prepare('INSERT OR REPLACE INTO events_schedules VALUES (?,?,?,?)');
  const wakeUp = alarm(clock, () => run());
  let running = false;

  const rowOf = (arn: string, schedule: string): Row => {
    const row = known.get(arn) as Row | undefined;
    if (row?.schedule === schedule) return row;
    const since = clock.now();
    const first = { arn, schedule, since, next: nextTime(parseSchedule(schedule), since, since) ?? null };
    save.run(arn, schedule, since, first.next);
    return first;
  };

  const fire = (rule: ReturnType<EventRules['all']>[number], row: Row, now: number) => {
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account,
      time: `${new Date(row.next!).toISOString().slice(0, 19)}Z`,
      region,
      resources: [rule.arn],
      detail: {},
    };
    for (const target of rules.targets(rule.bus, rule.name)) intake.toTarget(rule, target, event);
    // a rate counts from the run, a late one included
    const next = nextTime(parseSchedule(row.schedule), now, row.next!) ?? null;
    save.run(rule.arn, row.schedule, row.since, next);
    return next;
  };

  /** fires what is due and sets the alarm to what comes next */
  const run = () => {
    if (!running) return;
    const now = clock.now();
    let soonest: number | null = null;
    atomically(db, () => {
      for (const rule of rules.all().filter(({ schedule, enabled }) => schedule && enabled)) {
        const row = rowOf(rule.arn, rule.schedule!);
        const next = row.next !== null && row.next <= now ? fire(rule, row, now) : row.next;
        if (next !== null && (soonest === null || next < soonest)) soonest = next;
      }
    });
    wakeUp.set(soonest);
    deliveries.kick();
  };

  return {
    run,
    start() {
      running = true;
      run();
    },
    stop() {
      running = false;
      wakeUp.set(null);
    },
  };
};
