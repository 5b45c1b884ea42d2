import { createHash, randomUUID } from 'node:crypto';
import { arnOf } from '../runtime/arn.ts';
import { answer, type Input, type Operations, page, required, seconds } from '../runtime/operations.ts';
import { AwsError, type Platform, type Provided, type Service } from '../runtime/service.ts';
import { concerns } from '../runtime/tenant.mjs';
import { readDefinition } from './definition.ts';
import { type Execution, type Executions, openExecutions } from './executions.ts';
import { openRunner, type Runner } from './runner.ts';

type StateMachine = { arn: string; name: string; role: string; definition: string; hash: string; created: number };

/** the definition of a template's state machine as text, its `${substitutions}` made */
const definitionText = ({ DefinitionString, Definition, DefinitionSubstitutions = {} }: Input, name: string) => {
  const text: string | undefined = DefinitionString ?? (Definition && JSON.stringify(Definition));
  if (!text) throw new AwsError('InvalidDefinition', `state machine ${name}: only an inline definition runs locally`);
  return text.replace(/\$\{([\w.-]+)\}/g, (whole, key: string) => DefinitionSubstitutions[key] ?? whole);
};

const checkName = (name: string) => {
  if (!name || name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/]|\p{Cc}/u.test(name))
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
};

const checkInput = (input: string) => {
  try {
    JSON.parse(input);
  } catch {
    const text = `Invalid State Machine Execution Input: '${input.slice(0, 200)}' is not valid JSON`;
    throw new AwsError('InvalidExecutionInput', text);
  }
  const limit = "Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144";
  if (Buffer.byteLength(input) > 262_144)
    throw new AwsError('ValidationException', `1 validation error detected: ${limit}`);
};

const described = ({ arn, machine, name, status, started, stopped }: Execution) => ({
  executionArn: arn,
  stateMachineArn: machine,
  name,
  status,
  startDate: seconds(started),
  ...(stopped !== null && { stopDate: seconds(stopped) }),
});

const historyEvent = ({ id, time, type, details }: ReturnType<Executions['history']>[number]) => {
  const short = type.replace(/^[A-Z][a-z]+(State(?:Entered|Exited))$/, '$1');
  const key = `${short[0]!.toLowerCase()}${short.slice(1)}EventDetails`;
  return { id, previousEventId: id - 1, timestamp: seconds(time), type, [key]: JSON.parse(details) as object };
};

const summary = ({ arn, name, created }: StateMachine) => ({
  stateMachineArn: arn,
  name,
  type: 'STANDARD',
  creationDate: seconds(created),
});

const operationsOf = (store: Executions, runner: Runner, machines: Map<string, StateMachine>): Operations => {
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
  const start = ({ arn: machine, hash: definition }: StateMachine, name: string, input: string) => {
    const arn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    const before = store.find(arn);
    if (before?.status === 'RUNNING' && before.input === input) return before; // the same request again
    if (before) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    runner.begin({ arn, machine, name, definition, input });
    return store.find(arn)!;
  };
  return {
    StartExecution(request) {
      required(request, 'stateMachineArn');
      const { stateMachineArn, name = randomUUID(), input = '{}' } = request;
      const machine = machineOf(stateMachineArn);
      checkName(name);
      checkInput(input);
      const { arn, started } = start(machine, name, input);
      return { executionArn: arn, startDate: seconds(started) };
    },
    StopExecution(request) {
      const { arn, status } = existing(request);
      const { error, cause } = request;
      if (status === 'RUNNING') runner.abort(arn, { error, cause });
      return { stopDate: seconds(store.find(arn)!.stopped!) };
    },
    DescribeExecution(request) {
      const found = existing(request);
      const { input, output, error, cause } = found;
      const results = Object.entries({ output, error, cause }).filter(([, value]) => value !== null);
      return { ...described(found), input, ...Object.fromEntries(results) };
    },
    ListExecutions({ stateMachineArn, statusFilter, maxResults, nextToken }) {
      machineOf(stateMachineArn);
      const limit = Number(maxResults || 100);
      const from = Number(nextToken ?? 0);
      const found = store.list(stateMachineArn, statusFilter ?? null, limit + 1, from);
      const more = found.length > limit && { nextToken: String(from + limit) };
      return { executions: found.slice(0, limit).map(described), ...more };
    },
    GetExecutionHistory(request) {
      const events = store.history(existing(request).arn).map(historyEvent);
      const ordered = request.reverseOrder ? events.reverse() : events;
      const { items, next } = page(ordered, Number(request.maxResults || 100), request.nextToken);
      return { events: items, ...(next && { nextToken: next }) };
    },
    ListStateMachines({ maxResults, nextToken }) {
      const { items, next } = page([...machines.values()], Number(maxResults || 100), nextToken);
      return { stateMachines: items.map(summary), ...(next && { nextToken: next }) };
    },
    DescribeStateMachine({ stateMachineArn }) {
      const found = machineOf(stateMachineArn);
      return { ...summary(found), status: 'ACTIVE', definition: found.definition, roleArn: found.role };
    },
  };
};

/** Step Functions: every entered state is stored in SQLite; waits and retries follow the runtime's clock. */
export function statesService(platform: Platform) {
  const store = openExecutions(platform);
  const runner = openRunner(platform, store);
  const machines = new Map<string, StateMachine>();
  const operations = operationsOf(store, runner, machines);

  const provideMachine = (logicalId: string, properties: Input): Provided => {
    const name = properties.StateMachineName ?? logicalId;
    const arn = arnOf(platform, 'states', `stateMachine:${name}`);
    const definition = definitionText(properties, name);
    readDefinition(definition, name);
    if (properties.StateMachineType === 'EXPRESS')
      platform.warn(`state machine ${name} is EXPRESS and runs as STANDARD here`);
    const hash = createHash('sha256').update(definition).digest('hex');
    store.define(hash, definition);
    machines.set(arn, { arn, name, role: properties.RoleArn ?? null, definition, hash, created: platform.clock.now() });
    return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: hash.slice(0, 36) } };
  };

  return {
    name: 'states',
    types: ['AWS::StepFunctions::StateMachine'],
    provide: async (logicalId: string, _type: string, properties: Input) => provideMachine(logicalId, properties),
    start() {
      store.removeOld();
      runner.start();
    },
    stop: runner.stop,
    call: (operation: string, input: Input) => answer(operations, 'Step Functions', operation, input),
    pending: (tenant?: string) => store.due().filter(({ input }) => concerns(input, tenant)).length,
  } satisfies Service;
}
