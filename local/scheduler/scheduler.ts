import { randomUUID } from 'node:crypto';
import { alarm } from '../runtime/alarm.ts';
import { arnOf } from '../runtime/arn.ts';
import { atomically } from '../runtime/atomically.ts';
import { openDeliveries } from '../runtime/deliveries.ts';
import { answer, type Input } from '../runtime/operations.ts';
import { send } from '../runtime/send.ts';
import type { Platform, Service } from '../runtime/service.ts';
import { scheduleOperations } from './operations.ts';
import { openSchedules, type Schedule } from './schedules.ts';

/** what a target without an input of its own gets */
const standardInput = ({ account, region }: Platform, arn: string, time: string) =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [arn],
    detail: '{}',
  });

/** One-time schedules of EventBridge Scheduler on the runtime's clock; those that came due while it was off fire at its start. */
export function schedulerService(platform: Platform) {
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

  const fire = (schedule: Schedule) => {
    const { grp, name, body } = schedule;
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
    if (body.ActionAfterCompletion === 'DELETE') schedules.remove(grp, name);
    else schedules.done(grp, name);
  };

  const run = () => {
    if (!running) return;
    const now = clock.now();
    for (let due = schedules.due(now); due.length; due = schedules.due(now)) {
      atomically(db, () => {
        for (const schedule of due) fire(schedule);
      });
    }
    wakeUp.set(schedules.soonest());
    deliveries.kick();
  };

  const operations = scheduleOperations(platform, schedules, run);

  return {
    name: 'scheduler',
    types: ['AWS::Scheduler::ScheduleGroup'],
    async provide(logicalId: string, _type: string, { Name = logicalId }: Input) {
      schedules.addGroup(Name);
      const Arn = arnOf(platform, 'scheduler', `schedule-group/${Name}`);
      return { ref: Name, attributes: { Arn, State: 'ACTIVE' } };
    },
    start() {
      running = true;
      deliveries.start();
      run();
    },
    stop() {
      running = false;
      wakeUp.set(null);
      deliveries.stop();
    },
    call: (operation: string, input: Input) => answer(operations, 'EventBridge Scheduler', operation, input),
    pending: (tenant?: string) => schedules.countDue(clock.now()) + deliveries.pending(tenant),
  } satisfies Service;
}
