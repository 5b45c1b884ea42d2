import { afterAll, expect, test } from 'vitest';
import { eventsService } from '../../../local/events/events.ts';
import { FunctionError } from '../../../local/runtime/service.ts';
import { account, dropWorlds, functionArn, openWorld, queueArn, type World } from './world.ts';

afterAll(dropWorlds);

const day = 86_400_000;
const busArn = (name: string) => `arn:aws:events:eu-central-1:${account}:event-bus/${name}`;
const open = (from?: { file: string; time: number }) => {
  const world = openWorld(from);
  const events = world.use(eventsService(world.platform));
  return { world, events };
};
const rule = (targets: object[], pattern: object = { source: ['crm'] }, more = {}) => ({
  EventPattern: pattern,
  Targets: targets,
  ...more,
});
const entry = (detail: unknown = { n: 1 }, more = {}) => ({
  Source: 'crm',
  DetailType: 'thing.done',
  Detail: JSON.stringify(detail),
  ...more,
});
const bodies = (world: World, name: string) => world.queue(name).map(({ body }) => JSON.parse(body));

test('an event reaches the queue and the function of a matching rule, in the shape AWS gives it', async () => {
  const { world, events } = open();
  const seen: unknown[] = [];
  world.functions.set('react', event => void seen.push(event));
  const bus = await events.provide('Bus', 'AWS::Events::EventBus', { Name: 'crm' });
  expect(bus).toEqual({ ref: 'crm', attributes: { Arn: busArn('crm'), Name: 'crm' } });
  const targets = [
    { Id: 'q', Arn: queueArn('inbox'), SqsParameters: { MessageGroupId: 'g' } },
    { Id: 'f', Arn: functionArn('react') },
  ];
  const provided = await events.provide(
    'R',
    'AWS::Events::Rule',
    rule(targets, { detail: { n: [{ numeric: ['>', 0] }] } }, { EventBusName: 'crm' }),
  );
  expect(provided.ref).toBe('crm|R');
  world.queue('inbox');
  await world.start();
  const put = {
    Entries: [
      entry({ n: 1 }, { EventBusName: busArn('crm'), Time: 1_700_000_000.5, Resources: ['r'] }),
      entry({ n: 0 }, { EventBusName: 'crm' }),
    ],
  };
  const reply = (await events.call('PutEvents', put)) as { FailedEntryCount: number; Entries: { EventId: string }[] };
  expect(reply.FailedEntryCount).toBe(0);
  await world.settle();
  const event = {
    version: '0',
    id: reply.Entries[0]!.EventId,
    'detail-type': 'thing.done',
    source: 'crm',
    account,
    time: '2023-11-14T22:13:20Z',
    region: 'eu-central-1',
    resources: ['r'],
    detail: { n: 1 },
  };
  expect(bodies(world, 'inbox')).toEqual([event]);
  expect(world.queue('inbox')[0]!.group).toBe('g');
  expect(seen).toEqual([event]);
});

test('bad entries are refused one by one with AWS codes, and bad calls as a whole', async () => {
  const { world, events } = open();
  await world.start();
  const Entries = [
    entry(),
    { Source: 'crm' },
    entry(1),
    { ...entry(), Detail: '{' },
    entry({}, { Source: 'aws.s3' }),
    entry({}, { EventBusName: 'none' }),
  ];
  const reply = (await events.call('PutEvents', { Entries })) as {
    FailedEntryCount: number;
    Entries: { ErrorCode?: string }[];
  };
  expect(reply.Entries.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'InvalidArgument',
    'MalformedDetail',
    'MalformedDetail',
    'NotAuthorizedForSourceException',
    undefined,
  ]);
  expect(reply.FailedEntryCount).toBe(4);
  expect(world.warnings.join()).toContain('bus none');
  const refused = (entries: object[]) =>
    expect(events.call('PutEvents', { Entries: entries })).rejects.toMatchObject({ code: 'ValidationException' });
  await refused([]);
  await refused(Array.from({ length: 11 }, () => entry()));
  await refused([entry('x'.repeat(1_048_576))]);
  await expect(events.call('PutEverything', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
});

test('five thousand accepted events survive a kill and reach their queue', async () => {
  const { world, events } = open();
  await events.provide('R', 'AWS::Events::Rule', rule([{ Id: 'q', Arn: queueArn('inbox') }]));
  world.queue('inbox');
  await world.start();
  for (let n = 0; n < 500; n++)
    await events.call('PutEvents', { Entries: Array.from({ length: 10 }, (_, i) => entry({ n: n * 10 + i })) });
  const delivered = world.queue('inbox').map(({ body }) => JSON.parse(body).detail.n);
  const again = open(world.kill());
  await again.events.provide('R', 'AWS::Events::Rule', rule([{ Id: 'q', Arn: queueArn('inbox') }]));
  again.world.queue('inbox');
  await again.world.start();
  await again.world.settle();
  const later = bodies(again.world, 'inbox').map(({ detail }) => detail.n);
  expect(new Set([...delivered, ...later]).size).toBe(5000);
  expect(delivered.length + later.length).toBeLessThan(5100);
  expect(again.events.pending()).toBe(0);
});

test('a target that refuses is retried as its policy says and then goes to the dead-letter queue', async () => {
  const { world, events } = open();
  let tries = 0;
  world.functions.set('broken', () => {
    tries++;
    throw new Error('connection reset');
  });
  const target = {
    Arn: functionArn('broken'),
    DeadLetterConfig: { Arn: queueArn('dead') },
    RetryPolicy: { MaximumRetryAttempts: 3 },
  };
  await events.provide('R', 'AWS::Events::Rule', rule([{ Id: 't', ...target }]));
  world.queue('dead');
  await world.start();
  await events.call('PutEvents', { Entries: [entry()] });
  await world.settle();
  expect([tries, world.queue('dead').length]).toEqual([1, 0]);
  await world.advance(60_000);
  expect(tries).toBe(4);
  const { body, attributes } = world.queue('dead')[0]!;
  expect(JSON.parse(body).detail).toEqual({ n: 1 });
  expect(attributes.RULE_ARN!.StringValue).toBe(`arn:aws:events:eu-central-1:${account}:rule/R`);
  expect(attributes.EXHAUSTED_RETRY_CONDITION!.StringValue).toBe('MaximumRetryAttempts');
  expect(attributes.ERROR_MESSAGE!.StringValue).toBe('connection reset');
});

test('a target that is not there goes to the dead-letter queue at once; retries end at the age limit', async () => {
  const { world, events } = open();
  const DeadLetterConfig = { Arn: queueArn('dead') };
  await events.provide('Gone', 'AWS::Events::Rule', rule([{ Id: 't', Arn: queueArn('nowhere'), DeadLetterConfig }]));
  world.functions.set('busy', () => {
    throw new Error('busy');
  });
  const old = { Id: 't', Arn: functionArn('busy'), DeadLetterConfig, RetryPolicy: { MaximumEventAgeInSeconds: 60 } };
  await events.provide('Old', 'AWS::Events::Rule', rule([old]));
  world.queue('dead');
  await world.start();
  await events.call('PutEvents', { Entries: [entry()] });
  await world.settle();
  expect(world.queue('dead').map(({ attributes }) => attributes.ERROR_CODE!.StringValue)).toEqual([
    'QueueDoesNotExist',
  ]);
  await world.advance(day);
  expect(world.queue('dead')[1]!.attributes.EXHAUSTED_RETRY_CONDITION!.StringValue).toBe('MaximumEventAgeInSeconds');
});

test('a function that throws gets the two more tries Lambda makes, a restart in between included', async () => {
  const { world, events } = open();
  const throwing = (where: World, times: number[]) =>
    where.functions.set('throws', () => {
      times.push(where.clock.now());
      throw new FunctionError('TypeError', 'x is undefined');
    });
  const provide = (service: typeof events) =>
    service.provide('R', 'AWS::Events::Rule', rule([{ Id: 't', Arn: functionArn('throws') }]));
  const times: number[] = [];
  throwing(world, times);
  await provide(events);
  await world.start();
  await events.call('PutEvents', { Entries: [entry()] });
  await world.settle();
  const again = open(world.kill());
  throwing(again.world, times);
  await provide(again.events);
  await again.world.start();
  await again.world.advance(3_600_000);
  expect(times.map(time => time - times[0]!)).toEqual([0, 60_000, 180_000]);
  expect(again.world.warnings.join()).toContain('dropped');
});

test.each([
  [{ InputPath: '$.detail.who' }, '{"name":"Ada \\"A\\""}'],
  [{ Input: '{"fixed":1}' }, '{"fixed":1}'],
  [
    {
      InputTransformer: {
        InputPathsMap: { who: '$.detail.who', n: '$.detail.list[1]' },
        InputTemplate: '{"w":<who>,"t":"<n> of <who>","rule":"<aws.events.rule-name>"}',
      },
    },
    '{"w":{"name":"Ada \\"A\\""},"t":"2 of {\\"name\\":\\"Ada \\\\\\"A\\\\\\"\\"}","rule":"R"}',
  ],
  [
    { InputTransformer: { InputPathsMap: { no: '$.detail.missing' }, InputTemplate: '{"a":<no>,"b":"<no>"}' } },
    '{"a":null,"b":""}',
  ],
])('the target receives what %j makes of the event', async (how, expected) => {
  const { world, events } = open();
  await events.provide('R', 'AWS::Events::Rule', rule([{ Id: 'q', Arn: queueArn('inbox'), ...how }]));
  world.queue('inbox');
  await world.start();
  await events.call('PutEvents', { Entries: [entry({ who: { name: 'Ada "A"' }, list: [1, 2] })] });
  await world.settle();
  expect(world.queue('inbox').map(({ body }) => body)).toEqual([expected]);
});

test('an event passes from bus to bus once, unchanged, and never round in circles', async () => {
  const { world, events } = open();
  await events.provide('Other', 'AWS::Events::EventBus', { Name: 'other' });
  await events.provide('There', 'AWS::Events::Rule', rule([{ Id: 'b', Arn: busArn('other') }]));
  await events.provide(
    'Back',
    'AWS::Events::Rule',
    rule(
      [
        { Id: 'b', Arn: busArn('default') },
        { Id: 'q', Arn: queueArn('inbox') },
      ],
      undefined,
      { EventBusName: 'other' },
    ),
  );
  world.queue('inbox');
  await world.start();
  const { Entries } = (await events.call('PutEvents', { Entries: [entry()] })) as { Entries: { EventId: string }[] };
  await world.settle();
  expect(bodies(world, 'inbox').map(({ id }) => id)).toEqual([Entries[0]!.EventId]);
});

test('wrong rules of a template are refused', async () => {
  const { events } = open();
  const wrong = (properties: object, code: string) =>
    expect(events.provide('R', 'AWS::Events::Rule', properties)).rejects.toMatchObject({ code });
  const targets = Array.from({ length: 6 }, (_, i) => ({ Id: `${i}`, Arn: queueArn('inbox') }));
  await wrong({ EventPattern: '{"source":"crm"}' }, 'InvalidEventPatternException');
  await wrong({ EventPattern: '{' }, 'InvalidEventPatternException');
  await wrong({}, 'ValidationException');
  await wrong({ EventPattern: { source: ['a'] }, EventBusName: 'none' }, 'ResourceNotFoundException');
  await wrong({ EventPattern: { source: ['a'] }, Targets: [{ Id: '1', Arn: 'inbox' }] }, 'ValidationException');
  await wrong(rule(targets), 'LimitExceededException');
  await expect(events.call('DescribeRule', { Name: 'nope' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('rules and buses are listed; a disabled rule does not run', async () => {
  const { world, events } = open();
  await events.provide('Bus', 'AWS::Events::EventBus', { Name: 'b' });
  const at = { EventBusName: 'b' };
  const [on, off] = [
    { Id: 'q', Arn: queueArn('on') },
    { Id: 'q', Arn: queueArn('off') },
  ];
  await events.provide('On', 'AWS::Events::Rule', rule([on], undefined, at));
  await events.provide('Off', 'AWS::Events::Rule', rule([off], undefined, { ...at, State: 'DISABLED' }));
  world.queue('on');
  world.queue('off');
  await world.start();
  await events.call('PutEvents', { Entries: [entry({ n: 1 }, at)] });
  await world.settle();
  expect([world.queue('on').length, world.queue('off').length]).toEqual([1, 0]);
  expect(await events.call('ListRules', at)).toMatchObject({
    Rules: [
      { Name: 'On', State: 'ENABLED' },
      { Name: 'Off', State: 'DISABLED' },
    ],
  });
  expect(await events.call('ListTargetsByRule', { Rule: 'On', ...at })).toEqual({ Targets: [on] });
  expect(await events.call('ListEventBuses', {})).toMatchObject({ EventBuses: [{ Name: 'b' }, { Name: 'default' }] });
});

test('a rule the template no longer has is gone after a restart', async () => {
  const { world, events } = open();
  await events.provide('R', 'AWS::Events::Rule', rule([{ Id: 'q', Arn: queueArn('inbox') }]));
  await world.start();
  const again = open(world.kill());
  await again.world.start();
  expect(await again.events.call('ListRules', {})).toEqual({ Rules: [], NextToken: undefined });
});

test('TestEventPattern says whether, and refuses what AWS refuses', async () => {
  const { events } = open();
  const Event = JSON.stringify({
    id: '1',
    account,
    source: 'crm',
    time: '2026-01-01T00:00:00Z',
    region: 'r',
    resources: [],
    'detail-type': 't',
    detail: { a: 'xyz' },
  });
  const ask = (pattern: object) => events.call('TestEventPattern', { EventPattern: JSON.stringify(pattern), Event });
  expect(await ask({ detail: { a: [{ prefix: 'x' }] } })).toEqual({ Result: true });
  expect(await ask({ detail: { a: [{ 'anything-but': 'xyz' }] } })).toEqual({ Result: false });
  await expect(ask({ detail: { a: [{ nonsense: 1 }] } })).rejects.toMatchObject({
    code: 'InvalidEventPatternException',
  });
  await expect(
    events.call('TestEventPattern', { EventPattern: '{"source":["a"]}', Event: '{}' }),
  ).rejects.toMatchObject({ code: 'ValidationException' });
});

test('a rule with a schedule in the template is refused with what to use instead', async () => {
  const { events } = open();
  const properties = { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'q', Arn: queueArn('inbox') }] };
  await expect(events.provide('Daily', 'AWS::Events::Rule', properties)).rejects.toThrow('use EventBridge Scheduler');
});
