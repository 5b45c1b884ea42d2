import { createHash } from 'node:crypto';
import { AwsError, type Platform, type Provided, type Service } from '../service.ts';
import { arnOf } from './arn.ts';
import { allStates, type Machine } from './asl.ts';
import { executionOperations, type StateMachine } from './execution-operations.ts';
import { openExecutions } from './execution-store.ts';
import { answer, type Input } from './operations.ts';
import { definitionFault } from './state-io.ts';
import { openRunner } from './state-runner.ts';

/** the definition of a template's state machine as text, its `${substitutions}` made */
const definitionText = (
  { DefinitionString, Definition, DefinitionSubstitutions = {} }: Input,
  name: string,
): string => {
  const text = DefinitionString ?? (Definition && JSON.stringify(Definition));
  if (!text) throw new AwsError('InvalidDefinition', `state machine ${name}: only an inline definition runs locally`);
  return text.replace(/\$\{([\w.-]+)\}/g, (whole: string, key: string) => DefinitionSubstitutions[key] ?? whole);
};

/** refuses what the interpreter cannot run, naming the state machine */
const checkDefinition = async (text: string, name: string) => {
  const invalid = (why: string) => new AwsError('InvalidDefinition', `state machine ${name}: ${why}`);
  let machine: Machine;
  try {
    machine = JSON.parse(text);
  } catch (error) {
    throw invalid(`not valid JSON: ${error}`);
  }
  const states = machine.States ? allStates(machine) : [];
  const queried: { QueryLanguage?: string }[] = [machine, ...states.map(([, state]) => state as object)];
  if (queried.some(({ QueryLanguage = 'JSONPath' }) => QueryLanguage !== 'JSONPath'))
    throw invalid('only JSONPath runs locally, not JSONata');
  const fault = await definitionFault(machine);
  if (fault) throw invalid(fault);
};

/** Step Functions (Standard, JSONPath): every entered state is kept in sqlite, waits and retries follow the runtime's clock. */
export function statesService(platform: Platform): Service {
  const store = openExecutions(platform);
  const runner = openRunner(platform, store);
  const machines = new Map<string, StateMachine>();
  const operations = executionOperations(platform, store, runner, machines);

  const provideMachine = async (logicalId: string, properties: Input): Promise<Provided> => {
    const name = properties.StateMachineName ?? logicalId;
    const arn = arnOf(platform, 'states', `stateMachine:${name}`);
    const definition = definitionText(properties, name);
    const hash = createHash('sha256').update(definition).digest('hex');
    // one that is kept was checked when it came
    if (!store.definition(hash)) await checkDefinition(definition, name);
    store.define(hash, definition);
    if (properties.StateMachineType === 'EXPRESS')
      platform.warn(`state machine ${name} is EXPRESS and runs as STANDARD here`);
    machines.set(arn, { arn, name, role: properties.RoleArn ?? null, definition, hash, created: platform.clock.now() });
    return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: hash.slice(0, 36) } };
  };

  return {
    name: 'states',
    types: ['AWS::StepFunctions::StateMachine'],
    provide: (logicalId, _type, properties) => provideMachine(logicalId, properties),
    async start() {
      store.forgetEnded();
      runner.start();
    },
    stop: async () => runner.stop(),
    call: (operation, input) => answer(operations, 'Step Functions', operation, input),
    pending: store.countDue,
  };
}
