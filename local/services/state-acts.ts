import type { Platform } from '../service.ts';
import { type Machine, type State, StateError } from './asl.ts';
import type { Answer, Thread } from './execution-store.ts';
import { type Context, choose, enter, fillTemplate, leave } from './state-io.ts';
import { runTask } from './state-task.ts';

/** A state about to be done: where it stands, what it got, what it may see. */
export type Scene = { thread: Thread; state: State; input: unknown; context: Context; answer: Answer | undefined };
/** A branch or iteration to begin. */
export type Branch = { path: string[]; machine: Machine; input: unknown; item: unknown };
/** What became of a state. */
export type Outcome =
  | { output: unknown; next?: string }
  | { waitUntil: number }
  | { tokenUntil: number | null }
  | { branches: Branch[]; atOnce: number };

const number = (value: unknown, what: string) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new StateError('States.Runtime', `${what} must be a whole number, not ${JSON.stringify(value)}`);
  return value;
};

/** the value of `<field>` or of what `<field>Path` points at */
const setting = async (
  state: State,
  field: 'Seconds' | 'Timestamp' | 'TimeoutSeconds' | 'HeartbeatSeconds' | 'MaxConcurrency',
  scene: Scene,
) => {
  const path = state[`${field}Path`];
  if (path === undefined) return state[field];
  const input = await enter({ InputPath: state.InputPath }, scene.input, scene.context);
  const { value } = (await fillTemplate({ 'value.$': path }, input, scene.context)) as { value: unknown };
  return value;
};

const waitEnd = async (scene: Scene, now: number) => {
  const { state, thread } = scene;
  const timestamp = await setting(state, 'Timestamp', scene);
  if (timestamp === undefined) return thread.entered + number(await setting(state, 'Seconds', scene), 'Seconds') * 1000;
  const time = typeof timestamp === 'string' && timestamp.includes('T') ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time)) throw new StateError('States.Runtime', `not a timestamp: ${JSON.stringify(timestamp)}`);
  return Math.max(time, now);
};

const branchesOf = async (scene: Scene): Promise<Branch[]> => {
  const { state, thread, input, context } = scene;
  const here = [...(JSON.parse(thread.path) as string[]), 'States', thread.state];
  const item = thread.item === null ? null : JSON.parse(thread.item);
  const effective = await enter(state, input, context);
  return state.Branches!.map((machine, index) => ({
    path: [...here, 'Branches', String(index)],
    machine,
    input: effective,
    item,
  }));
};

const iterationsOf = async (scene: Scene): Promise<Branch[]> => {
  const { state, thread, input, context } = scene;
  if (state.ItemReader)
    throw new StateError('States.Runtime', 'the local runtime does not read the items of a distributed Map');
  const effective = await enter({ InputPath: state.InputPath }, input, context);
  const filled = state.ItemsPath && (await fillTemplate({ 'items.$': state.ItemsPath }, effective, context));
  const items = filled ? (filled as { items: unknown }).items : effective;
  if (!Array.isArray(items)) throw new StateError('States.Runtime', 'the items of a Map must be an array');
  const key = state.ItemProcessor ? 'ItemProcessor' : 'Iterator';
  const path = [...(JSON.parse(thread.path) as string[]), 'States', thread.state, key];
  const selector = state.ItemSelector ?? state.Parameters;
  return Promise.all(
    items.map(async (Value: unknown, Index) => {
      const item = { Index, Value };
      const picked = selector ? await fillTemplate(selector, effective, { ...context, Map: { Item: item } }) : Value;
      return { path, machine: state[key]!, input: picked, item };
    }),
  );
};

/** settles with the task, or rejects once the runtime's clock passes its time */
const withTimeout = async <T>({ clock }: Platform, seconds: number | undefined, task: Promise<T>): Promise<T> => {
  if (seconds === undefined) return task;
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.at(clock.now() + seconds * 1000, () => reject(new StateError('States.Timeout', '')));
  try {
    return await Promise.race([task, promise]);
  } finally {
    cancel();
  }
};

const doTask = async (platform: Platform, scene: Scene): Promise<unknown> => {
  const { state, input, context } = scene;
  const resource = state.Resource!;
  const effective = await enter(state, input, context);
  const timeout = await setting(state, 'TimeoutSeconds', scene);
  const seconds = timeout === undefined ? undefined : number(timeout, 'TimeoutSeconds');
  const result = await withTimeout(platform, seconds, runTask(platform, resource, effective));
  if (!resource.endsWith('.waitForTaskToken')) return result;
  const beat = await setting(state, 'HeartbeatSeconds', scene);
  const limit = beat ?? seconds;
  return { tokenUntil: limit === undefined ? null : platform.clock.now() + number(limit, 'HeartbeatSeconds') * 1000 };
};

const isToken = (value: unknown): value is { tokenUntil: number | null } =>
  typeof value === 'object' && value !== null && 'tokenUntil' in value;

const act = async (platform: Platform, scene: Scene): Promise<Outcome | { result: unknown }> => {
  const { state, input, context, answer } = scene;
  if (state.Type === 'Task') {
    const result = await doTask(platform, scene);
    return state.Resource!.endsWith('.waitForTaskToken') && isToken(result) ? result : { result };
  }
  if (state.Type === 'Wait') {
    const end = answer ? 0 : await waitEnd(scene, platform.clock.now());
    return end > platform.clock.now() ? { waitUntil: end } : { result: await enter(state, input, context) };
  }
  if (state.Type === 'Parallel') return { branches: await branchesOf(scene), atOnce: Number.POSITIVE_INFINITY };
  if (state.Type === 'Map') {
    const branches = await iterationsOf(scene);
    const wanted = number((await setting(state, 'MaxConcurrency', scene)) ?? 0, 'MaxConcurrency');
    // AWS begins 40 iterations of an inline Map at once, at most
    return branches.length ? { branches, atOnce: Math.min(wanted || 40, 40) } : { result: [] };
  }
  const effective = await enter(state, input, context);
  return { result: 'Result' in state ? state.Result : effective };
};

const fail = async ({ state, input, context }: Scene) => {
  const paths = {
    ...(state.ErrorPath && { 'Error.$': state.ErrorPath }),
    ...(state.CausePath && { 'Cause.$': state.CausePath }),
  };
  const found = (Object.keys(paths).length ? await fillTemplate(paths, input, context) : {}) as {
    Error?: string;
    Cause?: string;
  };
  return new StateError(found.Error ?? state.Error ?? '', found.Cause ?? state.Cause ?? '');
};

/** Does one state; rejects with `StateError`. */
export const doState = async (platform: Platform, scene: Scene): Promise<Outcome> => {
  const { state, input, context, answer } = scene;
  if (state.Type === 'Fail') throw await fail(scene);
  if (state.Type === 'Choice') return choose(state, input, context);
  if (answer?.error !== undefined) throw new StateError(answer.error, answer.cause ?? '');
  const done = answer && state.Type !== 'Wait' ? { result: answer.output } : await act(platform, scene);
  if (!('result' in done)) return done;
  return { output: await leave(state, input, done.result, context), next: state.Next };
};
