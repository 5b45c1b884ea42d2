import { randomUUID } from 'node:crypto';
import { AwsError, type Platform } from '../service.ts';
import { atomically } from './atomically.ts';
import type { Execution, Executions } from './execution-store.ts';
import { type Input, type Operations, page, required, seconds } from './operations.ts';
import type { Runner } from './state-runner.ts';

/** A state machine the template provides. */
export type StateMachine = {
  arn: string;
  name: string;
  role: string;
  definition: string;
  hash: string;
  created: number;
};

const checkName = (name: string) => {
  if (!name || name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/]|\p{Cc}/u.test(name))
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
};

const checkInput = (input: string) => {
  try {
    JSON.parse(input);
  } catch {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${input.slice(0, 200)}' is not valid JSON`,
    );
  }
  if (Buffer.byteLength(input) > 262_144)
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
};

const described = ({ arn, machine, name, status, started, stopped }: Execution) => ({
  executionArn: arn,
  stateMachineArn: machine,
  name,
  status,
  startDate: seconds(started),
  ...(stopped !== null && { stopDate: seconds(stopped) }),
});

const detailsKey = (type: string) => {
  const short = type.replace(/^[A-Z][a-z]+(State(?:Entered|Exited))$/, '$1');
  return `${short[0]!.toLowerCase()}${short.slice(1)}EventDetails`;
};

const historyEvent = ({ id, time, type, details }: ReturnType<Executions['history']>[number]) => ({
  id,
  previousEventId: id - 1,
  timestamp: seconds(time),
  type,
  [detailsKey(type)]: JSON.parse(details) as object,
});

const executionArn = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

const tokenOperations = (store: Executions, runner: Runner): Operations => {
  const waiting = (input: Input) => {
    required(input, 'taskToken');
    const thread = store.byToken(input.taskToken);
    if (!thread) throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    return thread;
  };
  return {
    SendTaskSuccess(input) {
      const thread = waiting(input);
      checkInput(input.output);
      runner.answer(thread, { output: JSON.parse(input.output) });
      return {};
    },
    SendTaskFailure(input) {
      runner.answer(waiting(input), { error: input.error ?? '', cause: input.cause ?? '' });
      return {};
    },
    SendTaskHeartbeat(input) {
      runner.beat(waiting(input));
      return {};
    },
  };
};

/** The operations of Step Functions that the runtime answers. */
export const executionOperations = (
  platform: Platform,
  store: Executions,
  runner: Runner,
  machines: Map<string, StateMachine>,
): Operations => {
  const { db, clock } = platform;
  const machineOf = (arn: string) => {
    const found = machines.get(arn);
    if (!found) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return found;
  };
  const existing = ({ executionArn: arn }: Input) => {
    const found = store.find(arn);
    if (!found) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return found;
  };
  const summary = ({ arn, name, created }: StateMachine) => ({
    stateMachineArn: arn,
    name,
    type: 'STANDARD',
    creationDate: seconds(created),
  });

  const start = (machine: StateMachine, name: string, input: string) => {
    const { arn: machineArn, hash: definition, role } = machine;
    const arn = executionArn(machineArn, name);
    const before = store.find(arn);
    // the same request once more
    if (before?.status === 'RUNNING' && before.input === input) return before;
    if (before) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const timeout = runner.timeoutOf(definition);
    const due = timeout === undefined ? null : clock.now() + timeout * 1000;
    const id = atomically(db, () => runner.begin({ arn, machine: machineArn, name, definition, role, input, due }));
    runner.go(id);
    return store.find(arn)!;
  };

  return {
    ...tokenOperations(store, runner),
    StartExecution(request) {
      required(request, 'stateMachineArn');
      const { name = randomUUID(), input = '{}' } = request;
      const machine = machineOf(request.stateMachineArn);
      checkName(name);
      checkInput(input);
      const { arn, started } = start(machine, name, input);
      return { executionArn: arn, startDate: seconds(started) };
    },
    StopExecution(request) {
      const { arn, status } = existing(request);
      const { error, cause } = request;
      if (status === 'RUNNING') runner.end(arn, 'ABORTED', 'ExecutionAborted', { error, cause });
      return { stopDate: seconds(store.find(arn)!.stopped!) };
    },
    DescribeExecution(request) {
      const found = existing(request);
      const { input, output, error, cause } = found;
      const result = {
        ...(output !== null && { output }),
        ...(error !== null && { error }),
        ...(cause !== null && { cause }),
      };
      return { ...described(found), input, ...result };
    },
    ListExecutions({ stateMachineArn, statusFilter, maxResults, nextToken }) {
      machineOf(stateMachineArn);
      const limit = Number(maxResults || 100);
      const from = Number(nextToken ?? 0);
      const found = store.list(stateMachineArn, statusFilter, limit + 1, from);
      const more = found.length > limit && { nextToken: String(from + limit) };
      return { executions: found.slice(0, limit).map(described), ...more };
    },
    GetExecutionHistory(request) {
      const { arn } = existing(request);
      const events = store.history(arn).map(historyEvent);
      const { items, next } = page(
        request.reverseOrder ? events.reverse() : events,
        Number(request.maxResults || 100),
        request.nextToken,
      );
      return { events: items, ...(next && { nextToken: next }) };
    },
    ListStateMachines({ maxResults, nextToken }) {
      const { items, next } = page([...machines.values()], Number(maxResults || 100), nextToken);
      return { stateMachines: items.map(summary), ...(next && { nextToken: next }) };
    },
    DescribeStateMachine({ stateMachineArn }) {
      const found = machineOf(stateMachineArn);
      const { definition, role: roleArn } = found;
      return { ...summary(found), status: 'ACTIVE', definition, roleArn };
    },
    DescribeStateMachineForExecution(request) {
      const { machine, definition } = existing(request);
      const name = machine.split(':').pop();
      return {
        stateMachineArn: machine,
        name,
        definition: store.definition(definition),
        roleArn: machines.get(machine)?.role,
      };
    },
  };
};
