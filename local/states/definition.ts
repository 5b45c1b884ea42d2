import { AwsError } from '../runtime/service.ts';

/** The states of the Amazon States Language that run here, with JSONPath. */
export type Task = {
  Type: 'Task';
  Resource: string;
  Parameters: { FunctionName: string; Payload?: unknown };
  ResultSelector?: unknown;
  ResultPath?: string | null;
  Retry?: Retrier[];
  Next?: string;
  End?: boolean;
};
export type Choice = { Type: 'Choice'; Choices: Rule[]; Default?: string };
export type Wait = { Type: 'Wait'; Next: string } & ({ TimestampPath: string } | { Seconds: number });
export type State = Task | Choice | Wait | { Type: 'Succeed' };
export type Rule = { Variable: string; Next: string; StringEquals?: string; IsNull?: boolean };
export type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'NONE' | 'FULL';
};
export type Machine = { StartAt: string; States: Record<string, State> };

const invoke = 'arn:aws:states:::lambda:invoke';

const fields: Record<State['Type'] | 'machine' | 'rule' | 'retrier', string[]> = {
  machine: ['StartAt', 'States'],
  Task: ['Type', 'Resource', 'Parameters', 'ResultSelector', 'ResultPath', 'Retry', 'Next', 'End'],
  Choice: ['Type', 'Choices', 'Default'],
  Wait: ['Type', 'TimestampPath', 'Seconds', 'Next'],
  Succeed: ['Type'],
  rule: ['Variable', 'StringEquals', 'IsNull', 'Next'],
  retrier: ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'],
};

const known = (part: object, kind: keyof typeof fields, where: string) => {
  const unknown = Object.keys(part).filter(key => key !== 'Comment' && !fields[kind].includes(key));
  if (unknown.length) throw new Error(`${where}: ${unknown.join(', ')} does not run locally`);
};

/** every path of a state: simple ones only, no intrinsic functions and no context object */
const paths = (part: unknown, key = ''): string[] => {
  if (typeof part === 'string') return /(\.\$|Path|Variable)$/.test(key) ? [part] : [];
  if (!part || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([name, inner]) => paths(inner, name));
};

const checkState = (name: string, state: State) => {
  if (!(state.Type in fields)) throw new Error(`${name}: a ${state.Type} state does not run locally`);
  known(state, state.Type, name);
  for (const path of paths(state)) {
    if (!/^\$(\.[\w-]+)*$/.test(path)) throw new Error(`${name}: the path ${path} does not run locally`);
  }
  if (state.Type === 'Choice') for (const rule of state.Choices) known(rule, 'rule', name);
  if (state.Type !== 'Task') return;
  if (state.Resource !== invoke) throw new Error(`${name}: ${state.Resource} does not run locally, only ${invoke}`);
  for (const retrier of state.Retry ?? []) known(retrier, 'retrier', name);
};

const targets = (state: State) => {
  if (state.Type === 'Choice')
    return [...state.Choices.map(({ Next }) => Next), ...(state.Default ? [state.Default] : [])];
  return state.Type === 'Succeed' || !state.Next ? [] : [state.Next];
};

/** Reads a definition; what does not run here is an error that names the state machine and the state. */
export const readDefinition = (text: string, name: string): Machine => {
  try {
    const machine = JSON.parse(text) as Machine;
    known(machine, 'machine', 'definition');
    for (const [state, body] of Object.entries(machine.States)) checkState(state, body);
    const missing = [machine.StartAt, ...Object.values(machine.States).flatMap(targets)].find(
      target => !(target in machine.States),
    );
    if (missing !== undefined) throw new Error(`there is no state ${missing}`);
    return machine;
  } catch (error) {
    const why = error instanceof SyntaxError ? `not valid JSON: ${error.message}` : (error as Error).message;
    throw new AwsError('InvalidDefinition', `state machine ${name}: ${why}`);
  }
};
