import { setImmediate as turn } from 'node:timers/promises';
import type { Platform } from '../service.ts';
import { alarm } from './alarm.ts';
import { isMeant, retryDelay, StateError } from './asl.ts';
import { atomically } from './atomically.ts';
import type { Answer, Execution, Executions, Thread } from './execution-store.ts';
import { doState, type Outcome, type Scene } from './state-acts.ts';
import { afterCatch } from './state-io.ts';
import { type Failure, openProgress } from './state-progress.ts';

/** Runs executions state by state. Every entered state is kept before it is done, so a restart goes on at it. */
export const openRunner = (platform: Platform, store: Executions) => {
  const { db, clock } = platform;
  const live = new Set<number>();
  const progress = openProgress(platform, store);
  const wakeUp = alarm(clock, () => ring());
  let running = false;

  /** what Retry and Catch make of an error */
  const handled = async ({ thread, state, input }: Scene, error: StateError): Promise<Failure> => {
    const attempts = JSON.parse(thread.attempts) as number[];
    const delay = retryDelay(state.Retry, error.error, attempts);
    if (delay !== undefined) return { retryAt: clock.now() + delay, attempts };
    const catcher = state.Catch?.find(({ ErrorEquals }) => isMeant(ErrorEquals, error.error));
    return catcher
      ? { output: await afterCatch(catcher, input, error), next: catcher.Next, caught: true }
      : { failed: error };
  };

  const noteTask = ({ thread, state }: Scene, what: 'Scheduled' | 'Succeeded' | 'Failed', details: object) => {
    if (state.Type !== 'Task') return;
    const kind = state.Resource!.startsWith('arn:aws:lambda:') ? 'LambdaFunction' : 'Task';
    store.note(thread.execution, `${kind}${what}`, {
      ...(what === 'Scheduled' && { resource: state.Resource }),
      ...details,
    });
  };

  const attempt = async (scene: Scene): Promise<Outcome | Failure> => {
    if (scene.answer === undefined) noteTask(scene, 'Scheduled', {});
    try {
      return await doState(platform, scene);
    } catch (caught) {
      const error = caught instanceof StateError ? caught : new StateError('States.Runtime', String(caught));
      if (running && store.thread(scene.thread.id))
        noteTask(scene, 'Failed', { error: error.error, cause: error.message });
      return handled(scene, error);
    }
  };

  const step = async (thread: Thread) => {
    const execution = store.find(thread.execution)!;
    const scene = progress.sceneOf(thread, execution);
    const outcome = await attempt(scene).catch(error => ({
      failed: error instanceof StateError ? error : new StateError('States.Runtime', String(error)),
    }));
    const now = running ? store.thread(thread.id) : undefined;
    // stopped, timed out or answered meanwhile
    if (now?.phase !== 'run' || now.token !== thread.token || now.state !== thread.state) return;
    const ready = atomically(db, () => {
      if ('output' in outcome && !('caught' in outcome)) noteTask(scene, 'Succeeded', {});
      return progress.settle(scene, execution, outcome);
    });
    for (const id of ready) go(id);
    if (!ready.length) wakeUp.set(store.nextDue());
  };

  const drive = async (id: number) => {
    for (let steps = 1; running; steps++) {
      const thread = store.thread(id);
      if (thread?.phase !== 'run') return;
      await step(thread);
      // a long chain of quick states must not hold up everything else
      if (steps % 20 === 0) await turn();
    }
  };

  const go = (id: number) => {
    if (!running || live.has(id)) return;
    live.add(id);
    const again = () => {
      live.delete(id);
      // woken in the moment between its last look and here
      if (running && store.thread(id)?.phase === 'run') go(id);
    };
    drive(id).then(again, error => {
      platform.warn(`an execution got stuck until the next start: ${error}`);
      live.delete(id);
    });
  };

  /** goes on with what waited until now */
  const ring = () => {
    if (!running) return;
    for (let due = store.dueThreads(); due.length; due = store.dueThreads()) {
      const ready = atomically(db, () => due.flatMap(progress.endWait));
      for (const id of ready) go(id);
    }
    for (const arn of store.dueExecutions()) end(arn, 'TIMED_OUT', 'ExecutionTimedOut', {});
    wakeUp.set(store.nextDue());
  };

  const end = (arn: string, status: Execution['status'], type: string, details: { error?: string; cause?: string }) => {
    atomically(db, () => {
      store.note(arn, type, details);
      store.finish(arn, status, details);
    });
    wakeUp.set(store.nextDue());
  };

  return {
    /** begins a new execution; `go` once the transaction is done */
    begin: progress.begin,
    go(id: number) {
      go(id);
      wakeUp.set(store.nextDue());
    },
    answer(thread: Thread, answer: Answer) {
      for (const id of progress.answerThread(thread, answer)) go(id);
      wakeUp.set(store.nextDue());
    },
    /** a sign of life: the heartbeat's time begins anew */
    beat(thread: Thread) {
      const { HeartbeatSeconds } = progress.machineOf(thread, store.find(thread.execution)!).States[thread.state]!;
      if (thread.phase !== 'token' || HeartbeatSeconds === undefined) return;
      store.save({ ...thread, due: clock.now() + HeartbeatSeconds * 1000 });
      wakeUp.set(store.nextDue());
    },
    end,
    timeoutOf: (hash: string) => progress.rootOf(hash).TimeoutSeconds,
    start() {
      running = true;
      for (const id of store.running()) go(id);
      ring();
    },
    stop() {
      running = false;
      wakeUp.set(null);
    },
  };
};
export type Runner = ReturnType<typeof openRunner>;
