/** The parts of the Amazon States Language (JSONPath) that the runtime reads. */
export type State = {
  Type: 'Task' | 'Parallel' | 'Map' | 'Pass' | 'Wait' | 'Choice' | 'Succeed' | 'Fail';
  Next?: string;
  End?: boolean;
  InputPath?: string | null;
  OutputPath?: string | null;
  ResultPath?: string | null;
  Parameters?: unknown;
  ResultSelector?: unknown;
  Result?: unknown;
  Resource?: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  HeartbeatSeconds?: number;
  HeartbeatSecondsPath?: string;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Seconds?: number;
  SecondsPath?: string;
  Timestamp?: string;
  TimestampPath?: string;
  Choices?: { Next: string }[];
  Default?: string;
  Error?: string;
  ErrorPath?: string;
  Cause?: string;
  CausePath?: string;
  Branches?: Machine[];
  Iterator?: Machine;
  ItemProcessor?: Machine;
  ItemsPath?: string;
  ItemSelector?: unknown;
  ItemReader?: unknown;
  MaxConcurrency?: number;
  MaxConcurrencyPath?: string;
};
export type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'NONE' | 'FULL';
};
export type Catcher = { ErrorEquals: string[]; Next: string; ResultPath?: string | null };
export type Machine = {
  StartAt: string;
  States: Record<string, State>;
  TimeoutSeconds?: number;
  QueryLanguage?: string;
};

/** An error of the States Language: what Retry and Catch see. */
export class StateError extends Error {
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

const beyondCatching = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** whether a Retry or Catch clause that names `wanted` is meant for `error` */
export const isMeant = (wanted: string[], error: string) =>
  wanted.includes(error) ||
  (wanted.includes('States.ALL') && !beyondCatching.has(error)) ||
  (wanted.includes('States.TaskFailed') && error !== 'States.Timeout' && !beyondCatching.has(error));

/**
 * Milliseconds to wait before the next try, or undefined when there is none.
 * `attempts` counts the tries of each retrier and is moved on.
 */
export const retryDelay = (retriers: Retrier[] = [], error: string, attempts: number[]): number | undefined => {
  const index = retriers.findIndex(({ ErrorEquals }) => isMeant(ErrorEquals, error));
  const retrier = retriers[index];
  const tries = attempts[index] ?? 0;
  if (!retrier || tries >= (retrier.MaxAttempts ?? 3)) return undefined;
  for (let i = 0; i <= index; i++) attempts[i] ??= 0;
  attempts[index] = tries + 1;
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** tries;
  const bounded = Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return retrier.JitterStrategy === 'FULL' ? Math.random() * bounded : bounded;
};

/** the machine inside a machine that a path of names leads to, as in `States/Each/ItemProcessor` */
export const machineAt = (root: Machine, path: string[]): Machine =>
  path.reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], root) as Machine;

/** every state of a machine, nested ones included */
export const allStates = (machine: Machine): [string, State][] =>
  Object.entries(machine.States).flatMap(([name, state]) => {
    const inner = [...(state.Branches ?? []), state.Iterator, state.ItemProcessor].filter(
      nested => nested !== undefined,
    );
    return [[name, state] as [string, State], ...inner.flatMap(allStates)];
  });
