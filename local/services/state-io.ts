import { registerHooks } from 'node:module';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { type Catcher, type State, StateError } from './asl.ts';

export type Context = Record<string, unknown>;
type Library = typeof import('aws-local-stepfunctions');

// the library reads paths, templates, intrinsic functions and choice rules; time, tasks and the order of states are ours.
// its AWS clients are never used, and 30 MB: they are left out.
let library: Promise<Library> | undefined;
const load = () => {
  library ??= (async () => {
    const unused = new Set(['@aws-sdk/client-lambda', '@aws-sdk/credential-providers']);
    const names = 'LambdaClient, InvokeCommand, fromCognitoIdentityPool';
    const url = `data:text/javascript,export const [${names}] = [];`;
    const hooks = registerHooks({
      resolve: (specifier, context, next) =>
        unused.has(specifier) && context.parentURL?.includes('/aws-local-stepfunctions/')
          ? { url, shortCircuit: true }
          : next(specifier, context),
    });
    try {
      return await import('aws-local-stepfunctions');
    } finally {
      hooks.deregister();
    }
  })();
  return library;
};

const fields = ['InputPath', 'Parameters', 'ResultSelector', 'ResultPath', 'OutputPath'] as const;

/** in paths only: the library owns `$$.Execution`, ours goes by another name; `$` and `['x']` result paths it misreads */
const adapted = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map(entry => adapted(entry, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, adapted(inner, name)]));
  const isPath = typeof value === 'string' && (key.endsWith('.$') || key.endsWith('Path') || key === 'Variable');
  return isPath ? value.replaceAll('$$.Execution', '$$$$.Run').replaceAll("$$['Execution']", '$$$$.Run') : value;
};

const failure = (error: unknown) => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error
    ? new StateError(cause.name, cause.message)
    : new StateError('States.Runtime', String(cause));
};

/** runs one state through the library, with `result` as what its task answers */
const pass = async (state: object, input: unknown, context: Context, result: (effective: unknown) => unknown) => {
  const { StateMachine } = await load();
  const { Execution, ...rest } = context;
  // a copy: the library hands out parts of what it was given
  const definition = { StartAt: 'S', States: { S: { Type: 'Task', Resource: '-', ...state, End: true } } };
  const machine = new StateMachine(definition as StateMachineDefinition, { validationOptions: { noValidate: true } });
  const options = {
    overrides: { taskResourceLocalHandlers: { S: result as () => null } },
    context: { ...rest, Run: Execution },
  };
  try {
    return (await machine.run(input as null, options).result) as unknown;
  } catch (error) {
    throw failure(error);
  }
};

const picked = (state: Partial<State>) => {
  const { ResultPath } = state;
  const present = fields.filter(field => field in state && !(field === 'ResultPath' && ResultPath === '$'));
  const copy = Object.fromEntries(present.map(field => [field, adapted(state[field], field)]));
  if (ResultPath?.startsWith('$[')) copy.ResultPath = `$.${ResultPath.slice(1)}`;
  return copy;
};

/** A state's effective input: `InputPath`, then `Parameters`. */
export const enter = async (state: Partial<State>, input: unknown, context: Context): Promise<unknown> => {
  const { InputPath, Parameters } = picked(state);
  if (InputPath === undefined && Parameters === undefined) return input;
  const only = { ...(InputPath !== undefined && { InputPath }), ...(Parameters !== undefined && { Parameters }) };
  return pass(only, input, context, effective => effective);
};

/** A state's output: `ResultSelector`, `ResultPath` and `OutputPath` over its raw input and its result. */
export const leave = async (
  state: Partial<State>,
  input: unknown,
  result: unknown,
  context: Context,
): Promise<unknown> => {
  const { ResultSelector, ResultPath, OutputPath } = picked(state);
  const given = Object.entries({ ResultSelector, ResultPath, OutputPath }).filter(([, value]) => value !== undefined);
  return given.length ? pass(Object.fromEntries(given), input, context, () => result) : result;
};

/** The values of a payload template (`{ "x.$": "$.path" }`) over an input. */
export const fillTemplate = (template: unknown, input: unknown, context: Context) =>
  pass({ Parameters: adapted(template) }, input, context, filled => filled);

/** where a caught error leads: the state's input with the error put where the catcher says */
export const afterCatch = ({ ResultPath }: Catcher, input: unknown, { error, message }: StateError) =>
  leave(ResultPath === undefined ? {} : { ResultPath }, input, { Error: error, Cause: message }, {});

/** The state a Choice chooses, and the Choice's output. */
export const choose = async (state: State, input: unknown, context: Context) => {
  const targets = [...(state.Choices ?? []).map(({ Next }) => Next), state.Default].filter(name => name !== undefined);
  // each target tells its name; targets are renamed, since one may be called as the choice is
  const told = targets.map(next => [`to ${next}`, { Type: 'Pass', Parameters: { next, 'output.$': '$' }, End: true }]);
  const { Default, ...choice } = adapted({
    ...state,
    Choices: state.Choices?.map(rule => ({ ...rule, Next: `to ${rule.Next}` })),
  }) as State;
  const S = { ...choice, ...(Default && { Default: `to ${Default}` }) };
  const { StateMachine } = await load();
  const definition = { StartAt: 'S', States: { ...Object.fromEntries(told), S } };
  const machine = new StateMachine(definition as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const { Execution, ...rest } = context;
  try {
    const run = machine.run(input as null, { context: { ...rest, Run: Execution } });
    return (await run.result) as unknown as { next: string; output: unknown };
  } catch (error) {
    throw failure(error);
  }
};

/** What is wrong with a definition, undefined when nothing is. */
export const definitionFault = async (definition: unknown): Promise<string | undefined> => {
  const { StateMachine } = await load();
  try {
    new StateMachine(definition as StateMachineDefinition, { validationOptions: { checkArn: false } });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
