import { afterAll, expect, test } from 'vitest';
import { FunctionError } from '../../../local/service.ts';
import { eventsService } from '../../../local/services/events.ts';
import { statesService } from '../../../local/services/states.ts';
import { account, dropWorlds, functionArn, openWorld, queueArn } from './world.ts';

afterAll(dropWorlds);

const day = 86_400_000;
const machineArn = (name: string) => `arn:aws:states:eu-central-1:${account}:stateMachine:${name}`;
const open = (from?: { file: string; time: number }) => {
  const world = openWorld(from);
  world.use(eventsService(world.platform));
  const states = world.use(statesService(world.platform));
  const provide = (name: string, definition: object, more = {}) =>
    states.provide(name, 'AWS::StepFunctions::StateMachine', {
      DefinitionString: JSON.stringify(definition),
      RoleArn: 'r',
      ...more,
    });
  const begin = async (machine: string, input: unknown = {}, name?: string) => {
    const request = { stateMachineArn: machineArn(machine), input: JSON.stringify(input), ...(name && { name }) };
    return ((await states.call('StartExecution', request)) as { executionArn: string }).executionArn;
  };
  const describe = (executionArn: string) =>
    states.call('DescribeExecution', { executionArn }) as Promise<{
      status: string;
      output: string;
      error?: string;
      cause?: string;
    }>;
  const result = async (arn: string) => {
    await world.settle();
    const { status, output, error, cause } = await describe(arn);
    return status === 'SUCCEEDED' ? JSON.parse(output) : { status, error, cause };
  };
  return { world, states, provide, begin, describe, result };
};
const one = (state: object) => ({ StartAt: 'S', States: { S: { End: true, ...state } } });
const call = (name: string, more = {}) => ({ Type: 'Task', Resource: functionArn(name), ...more });

test('a case goes through choice, function, template and intrinsic function to its end', async () => {
  const { world, states, provide, begin, result } = open();
  world.functions.set('classify', input => ({ severity: (input as { text: string }).text.includes('fire') ? 1 : 3 }));
  await provide('Route', {
    StartAt: 'Classify',
    States: {
      Classify: call('classify', {
        Parameters: { 'text.$': '$.case.text', 'name.$': '$$.Execution.Name' },
        ResultPath: '$.class',
        Next: 'Severe?',
      }),
      'Severe?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.class.severity', NumericLessThan: 2, Next: 'Alarm' }],
        Default: 'Queue',
      },
      Alarm: {
        Type: 'Pass',
        Parameters: { 'say.$': "States.Format('case {} of {}', $.case.id, $$.Execution.Input.case.who)" },
        End: true,
      },
      Queue: { Type: 'Succeed', OutputPath: '$.class' },
    },
  });
  await world.start();
  const hot = await begin('Route', { case: { id: 7, text: 'fire!', who: 'Ada' } }, 'hot');
  const cold = await begin('Route', { case: { id: 8, text: 'squeak', who: 'Bo' } });
  expect(hot).toBe(`arn:aws:states:eu-central-1:${account}:execution:Route:hot`);
  expect(await result(hot)).toEqual({ say: 'case 7 of Ada' });
  expect(await result(cold)).toEqual({ severity: 3 });
  const { events } = (await states.call('GetExecutionHistory', { executionArn: hot })) as {
    events: { type: string; stateEnteredEventDetails?: object }[];
  };
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'LambdaFunctionSucceeded',
    'TaskStateExited',
    'ChoiceStateEntered',
    'ChoiceStateExited',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events[1]!.stateEnteredEventDetails).toMatchObject({ name: 'Classify' });
});

test('a wait of 400 days ends after 400 days, over two restarts', async () => {
  const definition = {
    StartAt: 'W',
    States: {
      W: { Type: 'Wait', SecondsPath: '$.s', Next: 'T' },
      T: { Type: 'Wait', TimestampPath: '$.t', End: true },
    },
  };
  let run = open();
  await run.provide('Long', definition);
  await run.world.start();
  const arn = await run.begin('Long', { s: 400 * 86_400, t: '2027-05-01T00:00:00Z' });
  for (const days of [150, 249]) {
    await run.world.advance(days * day);
    run = open(run.world.kill());
    await run.provide('Long', definition);
    await run.world.start();
    await run.world.settle();
    expect(await run.describe(arn)).toMatchObject({ status: 'RUNNING' });
  }
  await run.world.moveTo('2027-04-30T23:59:59Z');
  expect(await run.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await run.world.advance(1000);
  expect(await run.result(arn)).toEqual({ s: 400 * 86_400, t: '2027-05-01T00:00:00Z' });
});

test('two thousand executions, killed half-way, all end, and each side effect happens at least once', async () => {
  const definition = {
    StartAt: 'A',
    States: {
      A: call('work', { ResultPath: '$.a', Next: 'W' }),
      W: { Type: 'Wait', Seconds: 60, Next: 'B' },
      B: call('work', { ResultPath: '$.b', End: true }),
    },
  };
  const counts = new Map<number, number>();
  const work = (input: unknown) => {
    const { n } = input as { n: number };
    counts.set(n, (counts.get(n) ?? 0) + 1);
    return n;
  };
  const first = open();
  first.world.functions.set('work', work);
  await first.provide('M', definition);
  await first.world.start();
  for (let n = 0; n < 2000; n++) await first.begin('M', { n }, `e${n}`);
  const second = open(first.world.kill());
  second.world.functions.set('work', work);
  await second.provide('M', definition);
  await second.world.start();
  await second.world.advance(59_000);
  await second.world.advance(60_000);
  const { executions } = (await second.states.call('ListExecutions', {
    stateMachineArn: machineArn('M'),
    statusFilter: 'SUCCEEDED',
    maxResults: 5000,
  })) as { executions: unknown[] };
  expect(executions).toHaveLength(2000);
  expect(counts.size).toBe(2000);
  expect(Math.min(...counts.values())).toBe(2);
  expect(second.states.pending()).toBe(0);
}, 60_000);

test('a name is unique: the same request is answered again, another is refused', async () => {
  const { world, states, provide, begin, result } = open();
  await provide('M', one({ Type: 'Wait', Seconds: 10 }));
  await world.start();
  const arn = await begin('M', { a: 1 }, 'n');
  expect(await begin('M', { a: 1 }, 'n')).toBe(arn);
  await expect(begin('M', { a: 2 }, 'n')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  await world.advance(10_000);
  expect(await result(arn)).toEqual({ a: 1 });
  await expect(begin('M', { a: 1 }, 'n')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  const wrong = (request: object, code: string) =>
    expect(states.call('StartExecution', request)).rejects.toMatchObject({ code });
  const stateMachineArn = machineArn('M');
  await wrong({ stateMachineArn: machineArn('none') }, 'StateMachineDoesNotExist');
  await wrong({ stateMachineArn, name: 'a b' }, 'InvalidName');
  await wrong({ stateMachineArn, input: '{' }, 'InvalidExecutionInput');
  await wrong({ stateMachineArn, input: JSON.stringify('x'.repeat(300_000)) }, 'ValidationException');
  await expect(states.call('DescribeExecution', { executionArn: 'x' })).rejects.toMatchObject({
    code: 'ExecutionDoesNotExist',
  });
});

test('Retry waits by the clock with backoff, goes on over a restart, then Catch takes the error', async () => {
  const times: number[] = [];
  const Retry = [
    { ErrorEquals: ['Other'] },
    { ErrorEquals: ['TooBusy'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 },
  ];
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Done' }];
  const definition = {
    StartAt: 'S',
    States: { S: call('busy', { Retry, Catch, End: true }), Done: { Type: 'Pass', End: true } },
  };
  const prepare = async (run: ReturnType<typeof open>) => {
    run.world.functions.set('busy', () => {
      times.push(run.world.clock.now());
      throw new FunctionError('TooBusy', 'try later', ['at x']);
    });
    await run.provide('R', definition);
    await run.world.start();
    return run;
  };
  const first = await prepare(open());
  const arn = await first.begin('R', { id: 1 });
  await first.world.advance(15_000);
  const second = await prepare(open(first.world.kill()));
  await second.world.advance(3600_000);
  expect(times.map(time => (time - times[0]!) / 1000)).toEqual([0, 10, 40, 130]);
  const cause = JSON.stringify({ errorType: 'TooBusy', errorMessage: 'try later', trace: ['at x'] });
  expect(await second.result(arn)).toEqual({ id: 1, failure: { Error: 'TooBusy', Cause: cause } });
});

test('an error nobody catches fails the execution and is told', async () => {
  const { world, provide, begin, result } = open();
  world.functions.set('bad', () => {
    throw new FunctionError('TypeError', 'no');
  });
  await provide('Bad', one(call('bad')));
  await provide('Fail', { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Mine', CausePath: '$.why' } } });
  await provide('NoChoice', {
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'E' }] },
      E: { Type: 'Succeed' },
    },
  });
  await provide('Missing', one(call('none', { Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 0 }] })));
  await provide('Path', one({ Type: 'Pass', InputPath: '$.no.such' }));
  await world.start();
  expect(await result(await begin('Bad'))).toMatchObject({ status: 'FAILED', error: 'TypeError' });
  expect(await result(await begin('Fail', { why: 'because' }))).toEqual({
    status: 'FAILED',
    error: 'Mine',
    cause: 'because',
  });
  expect(await result(await begin('NoChoice'))).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  expect(await result(await begin('Missing'))).toMatchObject({
    status: 'FAILED',
    error: 'Lambda.ResourceNotFoundException',
  });
  expect(await result(await begin('Path'))).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(world.warnings).toHaveLength(5);
});

test('timeouts of tasks and executions follow the clock', async () => {
  const { world, provide, begin, result } = open();
  world.functions.set('hang', () => new Promise(() => {}));
  await provide('Task', one(call('hang', { TimeoutSeconds: 100 })));
  await provide('Whole', { ...one({ Type: 'Wait', Seconds: 10_000_000 }), TimeoutSeconds: 3_000_000 });
  await world.start();
  const [task, whole] = [await begin('Task'), await begin('Whole')];
  const until = world.clock.now();
  // a hanging task never settles, so the clock is moved without waiting for that
  for (let n = 0; n < 50; n++) await new Promise(setImmediate);
  world.jump(until + 100_000);
  expect(await result(task)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  await world.moveTo(until + 2_999_999_000);
  expect(await result(whole)).toMatchObject({ status: 'RUNNING' });
  await world.advance(1000);
  expect(await result(whole)).toMatchObject({ status: 'TIMED_OUT' });
});

const clocks = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        one({ Type: 'Wait', Seconds: 3600 }),
        {
          StartAt: 'X',
          States: {
            X: call('note', { Next: 'Y' }),
            Y: { Type: 'Wait', Seconds: 7200, Next: 'Z' },
            Z: call('note', { End: true }),
          },
        },
      ],
      ResultSelector: { 'second.$': '$[1]' },
      ResultPath: '$.clocks',
      End: true,
    },
  },
};

test('the branches of a Parallel go on where they were after a restart', async () => {
  const calls: number[] = [];
  let run = open();
  const prepare = async () => {
    run.world.functions.set('note', () => calls.push(run.world.clock.now()));
    await run.provide('P', clocks);
    await run.world.start();
  };
  await prepare();
  const arn = await run.begin('P', { id: 1 });
  await run.world.advance(5000_000);
  run = open(run.world.kill());
  await prepare();
  await run.world.advance(5000_000);
  expect(await run.result(arn)).toEqual({ id: 1, clocks: { second: 2 } });
  expect(calls.map(time => time - calls[0]!)).toEqual([0, 7_200_000]);
});

test('a failing branch ends its siblings and can be caught', async () => {
  const { world, states, provide, begin, result } = open();
  const Catch = [{ ErrorEquals: ['Stop'], Next: 'Caught' }];
  const Branches = [
    one({ Type: 'Wait', Seconds: 1e8 }),
    { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Stop', Cause: 'now' } } },
  ];
  await provide('P', {
    StartAt: 'B',
    States: { B: { Type: 'Parallel', Branches, Catch, End: true }, Caught: { Type: 'Pass', End: true } },
  });
  await world.start();
  expect(await result(await begin('P'))).toEqual({ Error: 'Stop', Cause: 'now' });
  expect(states.pending()).toBe(0);
  expect(world.next()).toBeUndefined();
});

test('a Map of a thousand items keeps order and its concurrency, with item context', async () => {
  const { world, provide, begin, result } = open();
  let [now, most] = [0, 0];
  world.functions.set('double', async input => {
    most = Math.max(most, ++now);
    await new Promise(setImmediate);
    now--;
    const { n, index, base } = input as { n: number; index: number; base: number };
    return base + n * 2 + index;
  });
  const ItemSelector = { 'n.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'base.$': '$.base' };
  await provide(
    'M',
    one({
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector,
      MaxConcurrency: 7,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'D',
        States: { D: call('double', { End: true }) },
      },
      ResultPath: '$.out',
    }),
  );
  await world.start();
  const list = Array.from({ length: 1000 }, (_, i) => i);
  const done = await result(await begin('M', { list, base: 5 }));
  expect(done.out).toEqual(list.map(n => 5 + 3 * n));
  expect(most).toBe(7);
  expect((await result(await begin('M', { list: [], base: 5 }))).out).toEqual([]);
});

test('optimised integrations: lambda:invoke, putEvents, sendMessage, startExecution, and a task token', async () => {
  const { world, states, provide, begin, result } = open();
  world.functions.set('f', input => ({ got: input }));
  await world.service('events').provide('R', 'AWS::Events::Rule', {
    EventPattern: { source: ['m'] },
    Targets: [{ Id: 'q', Arn: queueArn('bus') }],
  });
  world.queue('bus');
  world.queue('q');
  const task = (Resource: string, Parameters: object, more = {}) =>
    one({ Type: 'Task', Resource: `arn:aws:states:::${Resource}`, Parameters, ...more });
  await provide(
    'Invoke',
    task('lambda:invoke', { FunctionName: functionArn('f'), 'Payload.$': '$' }, { OutputPath: '$.Payload' }),
  );
  await provide('Put', task('events:putEvents', { Entries: [{ 'Detail.$': '$', DetailType: 't', Source: 'm' }] }));
  await provide('Send', task('sqs:sendMessage', { QueueUrl: 'http://x/0/q', 'MessageBody.$': '$' }));
  await provide('Start', task('states:startExecution', { StateMachineArn: machineArn('Send'), 'Input.$': '$' }));
  const token = { QueueUrl: 'http://x/0/q', MessageBody: { 'token.$': '$$.Task.Token' } };
  await provide('Token', task('sqs:sendMessage.waitForTaskToken', token, { TimeoutSeconds: 5_000_000 }));
  await world.start();
  expect(await result(await begin('Invoke', { a: 1 }))).toEqual({ got: { a: 1 } });
  expect(await result(await begin('Put', { a: 2 }))).toMatchObject({ FailedEntryCount: 0 });
  expect(JSON.parse(world.queue('bus')[0]!.body)).toMatchObject({ source: 'm', detail: { a: 2 } });
  await result(await begin('Send', { a: 3 }));
  await result(await begin('Start', { a: 4 }));
  expect(world.queue('q').map(({ body }) => body)).toEqual(['{"a":3}', '{"a":4}']);

  const tokenOf = async (arn: string) => {
    expect(await result(arn)).toMatchObject({ status: 'RUNNING' });
    return JSON.parse(world.queue('q').at(-1)!.body).token as string;
  };
  const yes = await begin('Token');
  const taskToken = await tokenOf(yes);
  await states.call('SendTaskSuccess', { taskToken, output: '{"ok":true}' });
  expect(await result(yes)).toEqual({ ok: true });
  await expect(states.call('SendTaskSuccess', { taskToken, output: '{}' })).rejects.toMatchObject({
    code: 'TaskTimedOut',
  });
  const no = await begin('Token');
  await states.call('SendTaskFailure', { taskToken: await tokenOf(no), error: 'Refused', cause: 'c' });
  expect(await result(no)).toEqual({ status: 'FAILED', error: 'Refused', cause: 'c' });
  const late = await begin('Token');
  await tokenOf(late);
  await world.advance(5_000_000_000);
  expect(await result(late)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('a running execution keeps the definition it began with; a stopped one stays stopped', async () => {
  const first = open();
  await first.provide('M', {
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', Result: 'old', End: true } },
  });
  await first.world.start();
  const [kept, stopped] = [await first.begin('M', {}, 'kept'), await first.begin('M', {}, 'stopped')];
  await first.world.settle();
  await first.states.call('StopExecution', { executionArn: stopped, error: 'E', cause: 'enough' });
  const second = open(first.world.kill());
  await second.provide('M', one({ Type: 'Pass', Result: 'new' }));
  await second.world.start();
  await second.world.advance(60_000);
  expect(await second.result(kept)).toBe('old');
  expect(await second.result(stopped)).toEqual({ status: 'ABORTED', error: 'E', cause: 'enough' });
  expect(await second.result(await second.begin('M'))).toBe('new');
});

test('falsy results, whole-result paths and substitutions are right', async () => {
  const { world, provide, begin, result } = open();
  await provide('False', one({ Type: 'Pass', Result: false, ResultPath: '$.flag' }));
  await provide('Whole', one({ Type: 'Pass', Result: [1], ResultPath: '$' }));
  await provide('Null', one({ Type: 'Pass', Result: [1], ResultPath: null }));
  await provide('Sub', one({ Type: 'Pass', Result: `\${Word}` }), { DefinitionSubstitutions: { Word: 'said' } });
  await world.start();
  expect(await result(await begin('False', { a: 1 }))).toEqual({ a: 1, flag: false });
  expect(await result(await begin('Whole', { a: 1 }))).toEqual([1]);
  expect(await result(await begin('Null', { a: 1 }))).toEqual({ a: 1 });
  expect(await result(await begin('Sub'))).toBe('said');
});

test.each([
  ['{', /JSON/],
  [{ StartAt: 'No', States: { S: { Type: 'Succeed' } } }, /No/],
  [{ ...one({ Type: 'Pass' }), QueryLanguage: 'JSONata' }, /JSONata/],
])('the definition %j is refused when provided', async (definition, why) => {
  const { states } = open();
  const DefinitionString = typeof definition === 'string' ? definition : JSON.stringify(definition);
  await expect(states.provide('M', 'AWS::StepFunctions::StateMachine', { DefinitionString })).rejects.toThrow(why);
});
