import { randomUUID } from 'node:crypto';
import { alarm } from '../runtime/alarm.ts';
import { arnOf } from '../runtime/arn.ts';
import { atomically } from '../runtime/atomically.ts';
import { openDeliveries } from '../runtime/deliveries.ts';
import { answer, type Input } from '../runtime/operations.ts';
import { send } from '../runtime/send.ts';
import type { Platform, Provided, Service } from '../runtime/service.ts';
import { scheduleOperations } from './operations.ts';
import { scheduleBody } from './schedule-body.ts';
import { firstTime, followingTime, openSchedules, type Schedule, type Schedules } from './schedules.ts';

const provideSchedule = (platform: Platform, schedules: Schedules, logicalId: string, properties: Input): Provided => {
  const { GroupName: grp = 'default', Name: name = logicalId } = properties;
  const now = platform.clock.now();
  // the end of a schedule in the template may be past by now, which is no reason not to start
  const body = scheduleBody(
    { ...properties, Target: { RoleArn: 'none', ...properties.Target } },
    Number.NEGATIVE_INFINITY,
  );
  const before = schedules.find(grp, name);
  const unchanged = before && JSON.stringify(before.body) === JSON.stringify(body);
  const times = unchanged ? before : { created: now, modified: now, next: firstTime(body, now) };
  schedules.save(
    { grp, name, body, token: null, created: times.created, modified: times.modified, next: times.next },
    true,
  );
  return { ref: name, attributes: { Arn: arnOf(platform, 'scheduler', `schedule/${grp}/${name}`) } };
};

/** what a target without an input of its own gets */
const standardInput = (platform: Platform, arn: string, time: string) =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: platform.account,
    time,
    region: platform.region,
    resources: [arn],
    detail: '{}',
  });

/** EventBridge Scheduler on the runtime's clock; what came due while the runtime was off is delivered at the next start, once. */
export function schedulerService(platform: Platform): Service {
  const { db, clock } = platform;
  const schedules = openSchedules(platform);
  const deliveries = openDeliveries(platform, 'scheduler', (target, payload, id) =>
    send(platform, target, payload, id),
  );
  const wakeUp = alarm(clock, () => run());
  let running = false;

  const payload = (arn: string, { body, next }: Schedule) => {
    const time = `${new Date(next!).toISOString().slice(0, 19)}Z`;
    const keywords: Record<string, string> = {
      'schedule-arn': arn,
      'scheduled-time': time,
      'execution-id': randomUUID(),
      'attempt-number': '1',
    };
    const input = body.Target.Input ?? standardInput(platform, arn, time);
    return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, name: string) => keywords[name] ?? whole);
  };

  const fire = (schedule: Schedule, now: number) => {
    const { grp, name, body, created } = schedule;
    const { Input: _text, DeadLetterConfig, RetryPolicy, ...target } = body.Target;
    const origin = arnOf(platform, 'scheduler', `schedule/${grp}/${name}`);
    deliveries.add({
      origin,
      target,
      payload: payload(origin, schedule),
      deadLetterArn: DeadLetterConfig?.Arn ?? null,
      maxRetries: Number(RetryPolicy?.MaximumRetryAttempts ?? 185),
      maxAgeSeconds: Number(RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400),
    });
    const next = followingTime(body, created, now);
    if (next === null && body.ActionAfterCompletion === 'DELETE') schedules.remove(grp, name);
    else schedules.move(grp, name, next);
  };

  /** turns what is due into deliveries, in one transaction with its next time */
  const run = () => {
    if (!running) return;
    const now = clock.now();
    for (let due = schedules.due(now); due.length; due = schedules.due(now)) {
      atomically(db, () => {
        for (const schedule of due) fire(schedule, now);
      });
    }
    wakeUp.set(schedules.soonest());
    deliveries.kick();
  };

  const operations = scheduleOperations(platform, schedules, run);
  const provide: Record<string, (logicalId: string, properties: Input) => Provided> = {
    'AWS::Scheduler::ScheduleGroup': (logicalId, { Name = logicalId }) => {
      schedules.putGroup(Name, clock.now(), true);
      const created = new Date(schedules.group(Name)!.created).toISOString();
      const Arn = arnOf(platform, 'scheduler', `schedule-group/${Name}`);
      return { ref: Name, attributes: { Arn, State: 'ACTIVE', CreationDate: created } };
    },
    'AWS::Scheduler::Schedule': (logicalId, properties) => provideSchedule(platform, schedules, logicalId, properties),
  };

  return {
    name: 'scheduler',
    types: Object.keys(provide),
    provide: async (logicalId, type, properties) => provide[type]!(logicalId, properties),
    async start() {
      schedules.forgetOld();
      running = true;
      deliveries.start();
      run();
    },
    async stop() {
      running = false;
      wakeUp.set(null);
      deliveries.stop();
    },
    call: (operation, input) => answer(operations, 'EventBridge Scheduler', operation, input),
    pending: tenant => schedules.countDue(clock.now()) + deliveries.pending(tenant),
  };
}
