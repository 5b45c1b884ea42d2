import { afterAll, expect, test } from 'vitest';
import { eventsService } from '../../../local/events/events.ts';
import { schedulerService } from '../../../local/scheduler/scheduler.ts';
import { account, dropWorlds, functionArn, openWorld, queueArn } from './world.ts';

afterAll(dropWorlds);

const day = 86_400_000;
const RoleArn = `arn:aws:iam::${account}:role/r`;
const OFF = { Mode: 'OFF' };
const open = (from?: { file: string; time: number }) => {
  const world = openWorld(from);
  const events = world.use(eventsService(world.platform));
  const scheduler = world.use(schedulerService(world.platform));
  world.queue('inbox');
  return { world, events, scheduler };
};
const toInbox = (Input = '{}', more = {}) => ({ Arn: queueArn('inbox'), RoleArn, Input, ...more });
const schedule = (Name: string, ScheduleExpression: string, more = {}) => ({
  Name,
  ScheduleExpression,
  FlexibleTimeWindow: OFF,
  Target: toInbox(),
  ...more,
});

test('a one-time schedule 400 days ahead fires once, through a restart, and deletes itself', async () => {
  const { world, scheduler } = open();
  await world.start();
  const input = schedule('far', 'at(2027-04-06T07:00:00)', {
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: 'DELETE',
    Target: toInbox('{"n":1,"at":"<aws.scheduler.scheduled-time>"}'),
  });
  expect(await scheduler.call('CreateSchedule', input)).toEqual({
    ScheduleArn: `arn:aws:scheduler:eu-central-1:${account}:schedule/default/far`,
  });
  await world.advance(200 * day);
  const again = open(world.kill());
  await again.world.start();
  await again.world.moveTo('2027-04-06T06:59:59Z');
  expect(again.world.queue('inbox')).toHaveLength(0);
  await again.world.advance(1000);
  expect(again.world.queue('inbox').map(({ body }) => body)).toEqual(['{"n":1,"at":"2027-04-06T07:00:00Z"}']);
  await expect(again.scheduler.call('GetSchedule', { Name: 'far' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
  });
  await again.world.advance(day);
  expect(again.world.queue('inbox')).toHaveLength(1);
});

test('what came due while the runtime was off fires at the start', async () => {
  const { world, scheduler } = open();
  await world.start();
  await scheduler.call('CreateSchedule', schedule('once', 'at(2026-03-03T00:00:00)'));
  const { file, time } = world.kill();
  const again = open({ file, time: time + 5 * day });
  await again.world.start();
  await again.world.settle();
  expect(again.world.queue('inbox')).toHaveLength(1);
  expect(await again.scheduler.call('GetSchedule', { Name: 'once' })).toMatchObject({ State: 'ENABLED' });
});

test('three thousand schedules fire in order of their times, none twice over a kill', async () => {
  const { world, scheduler } = open();
  await world.start();
  const start = world.clock.now();
  const at = (n: number) => `at(${new Date(start + n * 60_000).toISOString().slice(0, 19)})`;
  for (let n = 3000; n >= 1; n--)
    await scheduler.call(
      'CreateSchedule',
      schedule(`t${n}`, at(n), { Target: toInbox(String(n)), ActionAfterCompletion: 'DELETE' }),
    );
  await world.advance(1000 * 60_000);
  const first = world.queue('inbox').map(({ body }) => Number(body));
  const again = open(world.kill());
  await again.world.start();
  await again.world.advance(2000 * 60_000);
  const all = [...first, ...again.world.queue('inbox').map(({ body }) => Number(body))];
  expect(all).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
});

test('targets: a function and a bus', async () => {
  const { world, events, scheduler } = open();
  const seen: unknown[] = [];
  world.functions.set('f', event => void seen.push(event));
  await events.provide('R', 'AWS::Events::Rule', {
    EventPattern: { source: ['timer'] },
    Targets: [{ Id: 'q', Arn: queueArn('inbox') }],
  });
  await world.start();
  const at = 'at(2026-03-02T11:00:00)';
  await scheduler.call('CreateSchedule', schedule('f', at, { Target: { Arn: functionArn('f'), RoleArn } }));
  const EventBridgeParameters = { Source: 'timer', DetailType: 'rang' };
  const bus = {
    Arn: `arn:aws:events:eu-central-1:${account}:event-bus/default`,
    RoleArn,
    EventBridgeParameters,
    Input: '{"a":1}',
  };
  await scheduler.call('CreateSchedule', schedule('b', at, { Target: bus }));
  await world.advance(3_600_000);
  expect(seen).toMatchObject([
    { source: 'aws.scheduler', 'detail-type': 'Scheduled Event', time: '2026-03-02T11:00:00Z' },
  ]);
  const bodies = world.queue('inbox').map(({ body }) => body);
  expect(JSON.parse(bodies[0]!)).toMatchObject({
    source: 'timer',
    'detail-type': 'rang',
    detail: { a: 1 },
  });
});

test('a target that fails is retried and then goes to the dead-letter queue', async () => {
  const { world, scheduler } = open();
  let tries = 0;
  world.queue('dead');
  world.functions.set('f', () => {
    tries++;
    throw new Error('unreachable');
  });
  await world.start();
  const Target = {
    Arn: functionArn('f'),
    RoleArn,
    Input: '{"x":1}',
    RetryPolicy: { MaximumRetryAttempts: 2 },
    DeadLetterConfig: { Arn: queueArn('dead') },
  };
  await scheduler.call('CreateSchedule', schedule('s', 'at(2026-03-02T11:00:00)', { Target }));
  await world.advance(day);
  expect(tries).toBe(3);
  const [letter] = world.queue('dead');
  expect(letter!.body).toBe('{"x":1}');
  expect(letter!.attributes.SCHEDULE_ARN!.StringValue).toContain('schedule/default/s');
});

test('names are unique, a resent request is answered again; what AWS refuses or does not run locally is refused', async () => {
  const { world, scheduler } = open();
  await world.start();
  const input = schedule('one', 'at(2026-04-01T00:00:00)', { ClientToken: 't' });
  const reply = await scheduler.call('CreateSchedule', input);
  expect(await scheduler.call('CreateSchedule', input)).toEqual(reply);
  const wrong = (operation: string, request: object, code: string) =>
    expect(scheduler.call(operation, request)).rejects.toMatchObject({ code });
  await wrong('CreateSchedule', { ...input, ClientToken: 'u' }, 'ConflictException');
  await wrong('CreateSchedule', schedule('a b', 'rate(1 day)'), 'ValidationException');
  await wrong('CreateSchedule', schedule('x', 'rate(1 day)'), 'ValidationException');
  await wrong('CreateSchedule', schedule('x', 'at(2026-13-01T00:00:00)'), 'ValidationException');
  await wrong(
    'CreateSchedule',
    schedule('x', 'at(2026-03-04T00:00:00)', { ScheduleExpressionTimezone: 'Europe/Berlin' }),
    'ValidationException',
  );
  await wrong(
    'CreateSchedule',
    schedule('x', 'at(2026-03-04T00:00:00)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }),
    'ValidationException',
  );
  await wrong(
    'CreateSchedule',
    schedule('x', 'at(2026-03-04T00:00:00)', { Target: { Arn: queueArn('inbox') } }),
    'ValidationException',
  );
  await wrong('CreateSchedule', { Name: 'x' }, 'ValidationException');
  await wrong(
    'CreateSchedule',
    schedule('x', 'at(2026-03-04T00:00:00)', { GroupName: 'none' }),
    'ResourceNotFoundException',
  );
  await wrong('UpdateSchedule', schedule('x', 'at(2026-03-04T00:00:00)'), 'ResourceNotFoundException');
  await wrong('DeleteSchedule', { Name: 'x' }, 'ResourceNotFoundException');
});

test('groups, updating, disabling, listing by page', async () => {
  const { world, scheduler } = open();
  await scheduler.provide('G', 'AWS::Scheduler::ScheduleGroup', { Name: 'timers' });
  await world.start();
  for (const name of ['a', 'b', 'c'])
    await scheduler.call(
      'CreateSchedule',
      schedule(name, 'at(2026-03-04T00:00:00)', { GroupName: 'timers', State: 'DISABLED' }),
    );
  await world.advance(3 * day);
  expect(world.queue('inbox')).toHaveLength(0);
  const first = (await scheduler.call('ListSchedules', { GroupName: 'timers', MaxResults: 2 })) as {
    NextToken: string;
  };
  expect(first).toMatchObject({ Schedules: [{ Name: 'a' }, { Name: 'b' }] });
  const rest = await scheduler.call('ListSchedules', {
    GroupName: 'timers',
    MaxResults: 2,
    NextToken: first.NextToken,
  });
  expect(rest).toEqual({ Schedules: [expect.objectContaining({ Name: 'c', State: 'DISABLED' })] });
  await scheduler.call('UpdateSchedule', schedule('b', 'at(2026-03-04T00:00:00)', { GroupName: 'timers' }));
  await world.settle();
  expect(world.queue('inbox')).toHaveLength(1);
});
