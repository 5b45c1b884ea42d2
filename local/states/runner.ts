import { setImmediate as turn } from 'node:timers/promises';
import { alarm } from '../runtime/alarm.ts';
import { atomically } from '../runtime/atomically.ts';
import type { Platform } from '../runtime/service.ts';
import { type Machine, readDefinition, type State } from './definition.ts';
import type { Execution, Executions } from './executions.ts';
import { doState, type Outcome, retryDelay, StateError } from './state.ts';

const mostBytes = 262_144;

type Failure = { retryAt: number; attempts: number[] } | { failed: StateError };

/** Runs executions state by state. Every entered state is stored before it is done, so a restart continues there. */
export const openRunner = (platform: Platform, store: Executions) => {
  const { db, clock } = platform;
  const machines = new Map<string, Machine>();
  const running = new Set<string>();
  const wakeUp = alarm(clock, () => run());
  let started = false;

  const machineOf = ({ definition, machine }: Execution) => {
    const found = machines.get(definition) ?? readDefinition(store.definition(definition), machine);
    machines.set(definition, found);
    return found;
  };
  const noteEntered = (arn: string, state: State, name: string, input: string) => {
    platform.entered?.(name);
    store.note(arn, `${state.Type}StateEntered`, { name, input });
  };

  const fail = ({ arn, state }: Execution, { error, message: cause }: StateError) => {
    store.note(arn, 'ExecutionFailed', { error, cause });
    store.finish(arn, 'FAILED', { error, cause });
    platform.warn(`execution ${arn.split(':').slice(-2).join(' ')} failed at ${state}: ${error} ${cause}`);
  };
  const moveOn = (execution: Execution, state: State, value: unknown, next?: string) => {
    const { arn } = execution;
    const output = JSON.stringify(value ?? null);
    if (Buffer.byteLength(output) > mostBytes) {
      const large = `The state '${execution.state}' returned more than ${mostBytes} bytes.`;
      return fail(execution, new StateError('States.DataLimitExceeded', large));
    }
    store.note(arn, `${state.Type}StateExited`, { name: execution.state, output });
    if (next === undefined) {
      store.note(arn, 'ExecutionSucceeded', { output });
      return store.finish(arn, 'SUCCEEDED', { output });
    }
    store.move(arn, { state: next, data: output, attempts: '[]', due: clock.now() });
    noteEntered(arn, machineOf(execution).States[next]!, next, output);
  };

  const attempt = async (state: State, { data, attempts }: Execution): Promise<Outcome | Failure> => {
    const counts = JSON.parse(attempts) as number[];
    try {
      return await doState(platform, state, { input: JSON.parse(data), waited: counts.length > 0 });
    } catch (caught) {
      const error = caught as StateError;
      const delay = retryDelay(state.Type === 'Task' ? state.Retry : [], error.error, counts);
      return delay === undefined ? { failed: error } : { retryAt: clock.now() + delay, attempts: counts };
    }
  };
  const settle = (execution: Execution, state: State, outcome: Outcome | Failure) => {
    const { arn } = execution;
    if ('failed' in outcome) return fail(execution, outcome.failed);
    if ('output' in outcome) return moveOn(execution, state, outcome.output, outcome.next);
    if ('waitUntil' in outcome) return store.move(arn, { ...execution, attempts: '[1]', due: outcome.waitUntil });
    store.move(arn, { ...execution, attempts: JSON.stringify(outcome.attempts), due: outcome.retryAt });
  };

  const drive = async (arn: string) => {
    for (let steps = 1; started; steps++) {
      const execution = store.find(arn);
      if (execution?.status !== 'RUNNING' || execution.due! > clock.now()) return;
      const state = machineOf(execution).States[execution.state]!;
      const outcome = await attempt(state, execution);
      if (!started || store.find(arn)?.status !== 'RUNNING') return; // stopped meanwhile
      atomically(db, () => settle(execution, state, outcome));
      if (steps % 20 === 0) await turn();
    }
  };
  const go = (arn: string) => {
    if (running.has(arn)) return;
    running.add(arn);
    drive(arn)
      .catch(error => platform.warn(`an execution waits for the next start: ${error}`))
      .finally(() => {
        running.delete(arn);
        const execution = started ? store.find(arn) : undefined;
        if (execution?.due != null && execution.due <= clock.now()) go(arn);
        else if (started) wakeUp.set(store.nextDue());
      });
  };
  const run = () => {
    if (!started) return;
    for (const { arn } of store.due()) go(arn);
    wakeUp.set(store.nextDue());
  };

  return {
    begin(execution: Omit<Parameters<Executions['add']>[0], 'state'>) {
      const { StartAt, States } = machineOf(execution as Execution);
      atomically(db, () => {
        store.add({ ...execution, state: StartAt });
        store.note(execution.arn, 'ExecutionStarted', { input: execution.input });
        noteEntered(execution.arn, States[StartAt]!, StartAt, execution.input);
      });
      if (started) go(execution.arn);
    },
    abort(arn: string, details: { error?: string; cause?: string }) {
      atomically(db, () => {
        store.note(arn, 'ExecutionAborted', details);
        store.finish(arn, 'ABORTED', details);
      });
    },
    start() {
      started = true;
      run();
    },
    stop() {
      started = false;
      wakeUp.set(null);
    },
  };
};

export type Runner = ReturnType<typeof openRunner>;
