import { afterAll, expect, test } from 'vitest';
import { FunctionError } from '../../../local/runtime/service.ts';
import { statesService } from '../../../local/states/states.ts';
import { account, dropWorlds, functionArn, openWorld } from './world.ts';

afterAll(dropWorlds);

const day = 86_400_000;
const machineArn = (name: string) => `arn:aws:states:eu-central-1:${account}:stateMachine:${name}`;
const open = (from?: { file: string; time: number }) => {
  const world = openWorld(from);
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
const End = { Type: 'Succeed' };
const call = (name: string, more = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionArn(name), Payload: { 'input.$': '$' } },
  Next: 'End',
  ...more,
});
const wait = (more = {}) => ({ Type: 'Wait', TimestampPath: '$.until', Next: 'End', ...more });
const one = (state: object) => ({ StartAt: 'S', States: { S: state, End } });
const inSeconds = (seconds: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + seconds * 1000).toISOString();

test('a case goes through choice, function and templates to its end', async () => {
  const { world, states, provide, begin, result } = open();
  world.functions.set('classify', input => ({
    severity: (input as { text: string }).text.includes('fire') ? null : 3,
  }));
  await provide('Route', {
    StartAt: 'Opened?',
    States: {
      'Opened?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.type', StringEquals: 'opened', Next: 'Classify' }],
        Default: 'End',
      },
      Classify: call('classify', {
        Parameters: { FunctionName: functionArn('classify'), Payload: { step: 'classify', 'text.$': '$.case.text' } },
        ResultSelector: { 'severity.$': '$.Payload.severity' },
        ResultPath: '$.case.class',
        Next: 'Severe?',
      }),
      'Severe?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.case.class.severity', IsNull: true, Next: 'End' }],
        Default: 'Note',
      },
      Note: call('classify', {
        Parameters: { FunctionName: functionArn('classify'), Payload: { text: '' } },
        ResultPath: null,
      }),
      End,
    },
  });
  await world.start();
  const hot = await begin('Route', { type: 'opened', case: { id: 7, text: 'fire!' } }, 'hot');
  const cold = await begin('Route', { type: 'opened', case: { id: 8, text: 'squeak' } });
  const other = await begin('Route', { type: 'closed' });
  expect(hot).toBe(`arn:aws:states:eu-central-1:${account}:execution:Route:hot`);
  expect(await result(hot)).toEqual({ type: 'opened', case: { id: 7, text: 'fire!', class: { severity: null } } });
  expect(await result(cold)).toEqual({ type: 'opened', case: { id: 8, text: 'squeak', class: { severity: 3 } } });
  expect(await result(other)).toEqual({ type: 'closed' });
  const { events } = (await states.call('GetExecutionHistory', { executionArn: hot })) as {
    events: { type: string; stateEnteredEventDetails?: object }[];
  };
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    ...['Choice', 'Task', 'Choice', 'Succeed'].flatMap(type => [`${type}StateEntered`, `${type}StateExited`]),
    'ExecutionSucceeded',
  ]);
  expect(events[3]!.stateEnteredEventDetails).toMatchObject({ name: 'Classify' });
});

test('a wait of 400 days ends after 400 days, over two restarts', async () => {
  const definition = { StartAt: 'W', States: { W: wait({ Next: 'T' }), T: wait({ TimestampPath: '$.later' }), End } };
  let run = open();
  await run.provide('Long', definition);
  await run.world.start();
  const input = { until: inSeconds(400 * 86_400), later: '2027-05-01T00:00:00Z' };
  const arn = await run.begin('Long', input);
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
  expect(await run.result(arn)).toEqual(input);
});

test('a wait of seconds is over once, over a restart, and a task may be the end', async () => {
  const { Next: _, ...last } = call('work', { End: true });
  const definition = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 7 * 86_400, Next: 'T' }, T: last } };
  let run = open();
  await run.provide('Week', definition);
  await run.world.start();
  const arn = await run.begin('Week');
  await run.world.advance(6 * day);
  run = open(run.world.kill());
  run.world.functions.set('work', () => 'done');
  await run.provide('Week', definition);
  await run.world.start();
  await run.world.settle();
  expect(await run.describe(arn)).toMatchObject({ status: 'RUNNING' });
  await run.world.advance(day);
  expect(await run.result(arn)).toMatchObject({ Payload: 'done' });
});

test('two thousand executions, killed half-way, all end, and each side effect happens at least once', async () => {
  const States = { A: call('work', { ResultPath: '$.a', Next: 'W' }), W: wait({ Next: 'B' }), B: call('work'), End };
  const definition = { StartAt: 'A', States };
  const counts = new Map<number, number>();
  const work = (payload: unknown) => {
    const { n } = (payload as { input: { n: number } }).input;
    counts.set(n, (counts.get(n) ?? 0) + 1);
    return n;
  };
  const first = open();
  first.world.functions.set('work', work);
  await first.provide('M', definition);
  await first.world.start();
  for (let n = 0; n < 2000; n++) await first.begin('M', { n, until: inSeconds(60) }, `e${n}`);
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
  await provide('M', one(wait()));
  await world.start();
  const input = { a: 1, until: inSeconds(10) };
  const arn = await begin('M', input, 'n');
  expect(await begin('M', input, 'n')).toBe(arn);
  await expect(begin('M', { a: 2 }, 'n')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  await world.advance(10_000);
  expect(await result(arn)).toEqual(input);
  await expect(begin('M', input, 'n')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
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

test('Retry waits by the clock with backoff and goes on over a restart; then the execution fails', async () => {
  const times: number[] = [];
  const Retry = [
    { ErrorEquals: ['Other'] },
    { ErrorEquals: ['TooBusy'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 },
  ];
  const prepare = async (run: ReturnType<typeof open>) => {
    run.world.functions.set('busy', () => {
      times.push(run.world.clock.now());
      throw new FunctionError('TooBusy', 'try later', ['at x']);
    });
    await run.provide('R', one(call('busy', { Retry })));
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
  expect(await second.result(arn)).toEqual({ status: 'FAILED', error: 'TooBusy', cause });
});

test('an error without a Retry fails the execution, with a warning', async () => {
  const { world, provide, begin, result } = open();
  world.functions.set('bad', () => {
    throw new FunctionError('TypeError', 'no');
  });
  const Choices = [{ Variable: '$.x', StringEquals: 'y', Next: 'End' }];
  await provide('Bad', one(call('bad')));
  await provide('NoChoice', one({ Type: 'Choice', Choices }));
  await provide('Missing', one(call('none', { Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 0 }] })));
  await provide('Path', one(wait()));
  await world.start();
  const failed = async (name: string, input = {}) => (await result(await begin(name, input))) as { error: string };
  expect(await failed('Bad')).toMatchObject({ status: 'FAILED', error: 'TypeError' });
  expect(await failed('NoChoice', { x: 'z' })).toMatchObject({ error: 'States.NoChoiceMatched' });
  expect(await failed('Missing')).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  expect(await failed('Path')).toMatchObject({ error: 'States.Runtime' });
  expect(world.warnings).toHaveLength(4);
});

test('a running execution continues with the definition it began with; a stopped one stays stopped', async () => {
  const first = open();
  const results = (world: typeof first.world) =>
    world.functions.set('result', payload => (payload as { version: string }).version);
  const version = (name: string) => ({
    Parameters: { FunctionName: functionArn('result'), Payload: { version: name } },
  });
  const selected = { ResultSelector: { 'version.$': '$.Payload' } };
  await first.provide('M', {
    StartAt: 'W',
    States: { W: wait({ Next: 'P' }), P: call('result', { ...version('old'), ...selected }), End },
  });
  results(first.world);
  await first.world.start();
  const input = { until: inSeconds(60) };
  const [running, stopped] = [await first.begin('M', input, 'running'), await first.begin('M', input, 'stopped')];
  await first.world.settle();
  await first.states.call('StopExecution', { executionArn: stopped, error: 'E', cause: 'enough' });
  const second = open(first.world.kill());
  results(second.world);
  await second.provide('M', one(call('result', { ...version('new'), ...selected })));
  await second.world.start();
  await second.world.advance(60_000);
  expect(await second.result(running)).toEqual({ version: 'old' });
  expect(await second.result(stopped)).toEqual({ status: 'ABORTED', error: 'E', cause: 'enough' });
  expect(await second.result(await second.begin('M'))).toEqual({ version: 'new' });
});

test('falsy results, whole-result paths and substitutions are right', async () => {
  const { world, provide, begin, result } = open();
  world.functions.set('false', () => false);
  const Payload = { 'Payload.$': '$.Payload' };
  await provide('False', one(call('false', { ResultSelector: Payload, ResultPath: '$.flag' })));
  await provide('Whole', one(call('false', { ResultSelector: Payload, ResultPath: '$' })));
  await provide('Null', one(call('false', { ResultPath: null })));
  const Parameters = { FunctionName: `\${Function}` };
  await provide('Sub', one(call('', { Parameters, ResultSelector: Payload })), {
    DefinitionSubstitutions: { Function: functionArn('false') },
  });
  await world.start();
  expect(await result(await begin('False', { a: 1 }))).toEqual({ a: 1, flag: { Payload: false } });
  expect(await result(await begin('Whole', { a: 1 }))).toEqual({ Payload: false });
  expect(await result(await begin('Null', { a: 1 }))).toEqual({ a: 1 });
  expect(await result(await begin('Sub'))).toEqual({ Payload: false });
});

test('what is pending is told by tenant, from the input of the execution', async () => {
  const { world, states, provide, begin } = open();
  let release = () => {};
  world.functions.set('hold', () => new Promise<void>(resolve => (release = resolve)));
  await provide('M', one(call('hold')));
  await world.start();
  await begin('M', { detail: { tenant: 'one' } });
  expect(['one', 'two', undefined].map(tenant => states.pending(tenant))).toEqual([1, 0, 1]);
  await new Promise(setImmediate);
  release();
  await world.settle();
  expect(states.pending('one')).toBe(0);
});

const task = call('f');
test.each([
  ['{', /JSON/],
  [{ StartAt: 'No', States: { S: End } }, /there is no state No/],
  [{ ...one(task), QueryLanguage: 'JSONata' }, /QueryLanguage does not run locally/],
  [{ ...one(task), TimeoutSeconds: 5 }, /TimeoutSeconds/],
  [one({ Type: 'Map', ItemsPath: '$.list', Next: 'End' }), /S: a Map state does not run locally/],
  [one({ Type: 'Wait', SecondsPath: '$.s', Next: 'End' }), /S: SecondsPath does not run locally/],
  [one({ ...task, Resource: 'arn:aws:states:::sqs:sendMessage' }), /sqs:sendMessage does not run locally/],
  [one({ ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }] }), /S: Catch does not run locally/],
  [one({ ...task, Parameters: { 'x.$': "States.Format('{}', $.a)" } }), /States.Format/],
  [one({ ...task, Parameters: { 'x.$': '$$.Execution.Name' } }), /Execution.Name does not run locally/],
  [one({ Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'End' }] }), /NumericEquals/],
])('the definition %j is refused when provided', async (definition, why) => {
  const { states } = open();
  const DefinitionString = typeof definition === 'string' ? definition : JSON.stringify(definition);
  await expect(states.provide('M', 'AWS::StepFunctions::StateMachine', { DefinitionString })).rejects.toThrow(why);
});
