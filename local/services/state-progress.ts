import { randomUUID } from 'node:crypto';
import type { Platform } from '../service.ts';
import { type Machine, machineAt, StateError } from './asl.ts';
import type { Answer, Execution, Executions, Thread } from './execution-store.ts';
import type { Branch, Outcome, Scene } from './state-acts.ts';

/** What Retry and Catch make of an error. */
export type Failure =
  | { retryAt: number; attempts: number[] }
  | { output: unknown; next: string; caught: true }
  | { failed: StateError };

const DATA_LIMIT = 262_144;

/** The durable steps of executions. Each function writes, inside the caller's transaction, and returns the threads to go on with. */
export const openProgress = (platform: Platform, store: Executions) => {
  const { clock } = platform;
  const machines = new Map<string, Machine>();

  const rootOf = (hash: string) => {
    let machine = machines.get(hash);
    if (!machine) {
      machine = JSON.parse(store.definition(hash)!) as Machine;
      machines.set(hash, machine);
    }
    return machine;
  };
  const machineOf = (thread: Thread, execution: Execution) =>
    machineAt(rootOf(execution.definition), JSON.parse(thread.path) as string[]);

  const contextOf = (thread: Thread, execution: Execution, attempts: number[]) => ({
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input) as unknown,
      Name: execution.name,
      RoleArn: execution.role,
      StartTime: new Date(execution.started).toISOString(),
      RedriveCount: 0,
    },
    State: {
      EnteredTime: new Date(thread.entered).toISOString(),
      Name: thread.state,
      RetryCount: attempts.reduce((sum, tries) => sum + (tries ?? 0), 0),
    },
    StateMachine: { Id: execution.machine, Name: execution.machine.split(':').pop() },
    ...(thread.item !== null && { Map: { Item: JSON.parse(thread.item) as unknown } }),
    ...(thread.token !== null && { Task: { Token: thread.token } }),
  });

  const sceneOf = (thread: Thread, execution: Execution): Scene => ({
    thread,
    state: machineOf(thread, execution).States[thread.state]!,
    input: JSON.parse(thread.input),
    context: contextOf(thread, execution, JSON.parse(thread.attempts) as number[]),
    answer: thread.answer === null ? undefined : (JSON.parse(thread.answer) as Answer),
  });

  const tokenFor = (machine: Machine, name: string) =>
    machine.States[name]?.Resource?.endsWith('.waitForTaskToken') ? randomUUID() : null;

  const noteEntered = (execution: string, machine: Machine, name: string, input: string) =>
    store.note(execution, `${machine.States[name]!.Type}StateEntered`, { name, input });

  const begin = (
    thread: Pick<Thread, 'execution' | 'parent' | 'idx' | 'path' | 'item' | 'input' | 'phase'>,
    machine: Machine,
  ) => {
    const state = machine.StartAt;
    const id = store.addThread({ ...thread, state, token: tokenFor(machine, state) });
    if (thread.phase === 'run') noteEntered(thread.execution, machine, state, thread.input);
    return id;
  };

  const beginBranches = ({ thread }: Scene, branches: Branch[], atOnce: number) => {
    store.save({ ...thread, phase: 'children' });
    return branches.flatMap(({ path, machine, input, item }, idx) => {
      const phase = idx < atOnce ? 'run' : 'queued';
      const texts = {
        path: JSON.stringify(path),
        item: item === null ? null : JSON.stringify(item),
        input: JSON.stringify(input),
      };
      const id = begin({ execution: thread.execution, parent: thread.id, idx, phase, ...texts }, machine);
      return phase === 'run' ? [id] : [];
    });
  };

  /** gives a waiting thread what it waited for; returns its id to go on with */
  const answerThread = (thread: Thread, answer: Answer | null) => {
    store.save({ ...thread, phase: 'run', due: null, token: null, answer: answer && JSON.stringify(answer) });
    return [thread.id];
  };

  /** a thread came to its end with an output; returns the threads to go on with */
  const endThread = (thread: Thread, output: string, execution: Execution): number[] => {
    if (thread.parent === null) {
      store.note(execution.arn, 'ExecutionSucceeded', { output });
      store.finish(execution.arn, 'SUCCEEDED', { output });
      return [];
    }
    store.save({ ...thread, phase: 'done', input: output });
    const queued = store.nextQueued(thread.parent);
    if (queued) {
      noteEntered(execution.arn, machineOf(queued, execution), queued.state, queued.input);
      store.save({ ...queued, phase: 'run', entered: clock.now() });
      return [queued.id];
    }
    if (store.undone(thread.parent)) return [];
    const outputs = store.children(thread.parent).map(({ input }) => JSON.parse(input) as unknown);
    store.removeBelow(thread.parent);
    return answerThread(store.thread(thread.parent)!, { output: outputs });
  };

  const failThread = (thread: Thread, { error, message: cause }: StateError, execution: Execution): number[] => {
    if (thread.parent === null) {
      store.note(execution.arn, 'ExecutionFailed', { error, cause });
      store.finish(execution.arn, 'FAILED', { error, cause });
      platform.warn(
        `execution ${execution.arn.split(':').slice(-2).join(' ')} failed at ${thread.state}: ${error} ${cause}`,
      );
      return [];
    }
    store.removeBelow(thread.parent);
    return answerThread(store.thread(thread.parent)!, { error, cause });
  };

  const moveOn = (scene: Scene, execution: Execution, output: string, next?: string): number[] => {
    const { thread, state } = scene;
    store.note(execution.arn, `${state.Type}StateExited`, { name: thread.state, output });
    if (next === undefined) return endThread(thread, output, execution);
    const machine = machineOf(thread, execution);
    const fresh = { entered: clock.now(), attempts: '[]', phase: 'run', due: null, answer: null } as const;
    store.save({ ...thread, ...fresh, state: next, input: output, token: tokenFor(machine, next) });
    noteEntered(execution.arn, machine, next, output);
    return [thread.id];
  };

  const settle = (scene: Scene, execution: Execution, outcome: Outcome | Failure): number[] => {
    const { thread } = scene;
    if ('failed' in outcome) return failThread(thread, outcome.failed, execution);
    if ('branches' in outcome) return beginBranches(scene, outcome.branches, outcome.atOnce);
    if ('waitUntil' in outcome) store.save({ ...thread, phase: 'wait', due: outcome.waitUntil });
    else if ('tokenUntil' in outcome) store.save({ ...thread, phase: 'token', due: outcome.tokenUntil });
    else if ('retryAt' in outcome) {
      const attempts = JSON.stringify(outcome.attempts);
      store.save({
        ...thread,
        phase: 'wait',
        due: outcome.retryAt,
        attempts,
        answer: null,
        token: thread.token && randomUUID(),
      });
    } else {
      const output = JSON.stringify(outcome.output ?? null);
      const tooBig = new StateError(
        'States.DataLimitExceeded',
        `The state '${thread.state}' returned more than 262144 bytes.`,
      );
      if (Buffer.byteLength(output) > DATA_LIMIT) return failThread(thread, tooBig, execution);
      return moveOn(scene, execution, output, outcome.next);
    }
    return [];
  };

  return {
    rootOf,
    machineOf,
    sceneOf,
    settle,
    answerThread,
    /** a new execution's first thread */
    begin(execution: Parameters<Executions['add']>[0]) {
      const { arn, input, role } = execution;
      store.add(execution);
      store.note(arn, 'ExecutionStarted', { input, roleArn: role });
      const thread = { execution: arn, parent: null, idx: 0, path: '[]', item: null, input, phase: 'run' } as const;
      return begin(thread, rootOf(execution.definition));
    },
    /** a wait, a pause before a retry or the time for a token is over */
    endWait(thread: Thread) {
      if (thread.phase === 'token') return answerThread(thread, { error: 'States.Timeout', cause: '' });
      const waited = machineOf(thread, store.find(thread.execution)!).States[thread.state]!.Type === 'Wait';
      store.save({ ...thread, phase: 'run', due: null, answer: waited ? '{}' : null });
      return [thread.id];
    },
  };
};
