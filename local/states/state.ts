import { AwsError, FunctionError, type Platform } from '../runtime/service.ts';
import { valueAt } from '../runtime/value-at.ts';
import type { Choice, Retrier, Rule, State, Task, Wait } from './definition.ts';

/** An error of the States Language: what Retry sees. */
export class StateError extends Error {
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** What became of a state: an output and where to go on with it, or a time to wait for. */
export type Outcome = { output: unknown; next?: string } | { waitUntil: number };

const at = (path: string, input: unknown) => {
  const found = valueAt(path, input);
  if (found === undefined) throw new StateError('States.Runtime', `the path ${path} leads to nothing`);
  return found;
};

/** a payload template (`{ "x.$": "$.path" }`) filled in */
const filled = (template: unknown, input: unknown): unknown => {
  if (Array.isArray(template)) return template.map(one => filled(one, input));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') ? [key.slice(0, -2), at(value, input)] : [key, filled(value, input)],
    ),
  );
};

const placed = (input: unknown, path: string, result: unknown): unknown => {
  const [, name, rest = ''] = /^\$\.([^.]+)(.*)$/.exec(path) ?? [];
  if (name === undefined) return result;
  const object = (input !== null && typeof input === 'object' ? input : {}) as Record<string, unknown>;
  return { ...object, [name]: placed(object[name], `$${rest}`, result) };
};

const asStateError = (error: unknown) => {
  if (error instanceof StateError) return error;
  if (error instanceof FunctionError) {
    const { errorType, message: errorMessage, trace } = error;
    return new StateError(errorType, JSON.stringify({ errorType, errorMessage, trace }));
  }
  const message = error instanceof Error ? error.message : String(error);
  return new StateError(error instanceof AwsError ? `Lambda.${error.code}` : 'States.TaskFailed', message);
};

const doTask = async (platform: Platform, { Parameters, ResultSelector, ResultPath, Next }: Task, input: unknown) => {
  const further = Next === undefined ? {} : { next: Next };
  const { FunctionName, Payload = {} } = filled(Parameters, input) as Task['Parameters'];
  const reply = await platform.invoke(FunctionName, Payload);
  const result = { ExecutedVersion: '$LATEST', Payload: reply ?? null, StatusCode: 200 };
  if (ResultPath === null) return { output: input, ...further };
  return {
    output: placed(input, ResultPath ?? '$', ResultSelector ? filled(ResultSelector, result) : result),
    ...further,
  };
};

const holds = ({ Variable, StringEquals, IsNull }: Rule, input: unknown) =>
  IsNull === undefined ? at(Variable, input) === StringEquals : (at(Variable, input) === null) === IsNull;

const choose = ({ Choices, Default }: Choice, input: unknown) => {
  const next = Choices.find(rule => holds(rule, input))?.Next ?? Default;
  if (next === undefined) throw new StateError('States.NoChoiceMatched', 'no rule matched and there is no Default');
  return next;
};

const timeOf = (timestamp: unknown) => {
  const time = typeof timestamp === 'string' && timestamp.includes('T') ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time)) throw new StateError('States.Runtime', `not a timestamp: ${JSON.stringify(timestamp)}`);
  return time;
};

const waitingTime = (state: Wait, input: unknown, { now, waited }: { now: number; waited: boolean }) => {
  if ('TimestampPath' in state) return timeOf(at(state.TimestampPath, input));
  return waited ? now : now + state.Seconds * 1000;
};

/** `waited`: it is entered again after the time that it named */
export const doState = async (
  platform: Platform,
  state: State,
  { input, waited }: { input: unknown; waited: boolean },
): Promise<Outcome> => {
  try {
    if (state.Type === 'Task') return await doTask(platform, state, input);
    if (state.Type === 'Choice') return { output: input, next: choose(state, input) };
    if (state.Type === 'Succeed') return { output: input };
    const now = platform.clock.now();
    const time = waitingTime(state, input, { now, waited });
    return time > now ? { waitUntil: time } : { output: input, next: state.Next };
  } catch (error) {
    throw asStateError(error);
  }
};

const uncaught = new Set(['States.Runtime', 'States.DataLimitExceeded']);

const isFor = (wanted: string[], error: string) =>
  wanted.includes(error) ||
  ((wanted.includes('States.ALL') || wanted.includes('States.TaskFailed')) && !uncaught.has(error));

/**
 * Milliseconds to wait before the next attempt, or undefined when there is none.
 * `attempts` counts those of each retrier and is moved on.
 */
export const retryDelay = (retriers: Retrier[] = [], error: string, attempts: number[]): number | undefined => {
  const index = retriers.findIndex(({ ErrorEquals }) => isFor(ErrorEquals, error));
  const retrier = retriers[index];
  const tries = attempts[index] ?? 0;
  if (!retrier || tries >= (retrier.MaxAttempts ?? 3)) return undefined;
  for (let i = 0; i <= index; i++) attempts[i] ??= 0;
  attempts[index] = tries + 1;
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** tries;
  const bounded = Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return retrier.JitterStrategy === 'FULL' ? Math.random() * bounded : bounded;
};
