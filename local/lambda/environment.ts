import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FunctionError } from '../runtime/service.ts';

/** A function of the stack, ready to be run. */
export type FunctionPlan = {
  name: string;
  arn: string;
  folder: string;
  handler: string;
  environment: Record<string, string>;
  /** milliseconds */
  timeout: number;
  memory: number;
};

type Fault = { errorType: string; errorMessage: string; trace: string[] };
type Reply = { ready?: true; broken?: Fault; result?: string; fault?: Fault };
type Turn = { settle(result: string): void; fail(error: Error): void; timer?: NodeJS.Timeout };

/** One worker of one function; takes one event at a time. */
export type Environment = {
  /** JSON in, JSON out; rejects with FunctionError */
  run(payload: string): Promise<string>;
  /** resolves once it has loaded its function */
  started: Promise<void>;
  /** it is ending and takes no more events */
  spent(): boolean;
  end(): Promise<unknown>;
};

const fileOf = ({ folder, handler }: FunctionPlan) => {
  const base = join(folder, handler.slice(0, handler.lastIndexOf('.')));
  return ['.mjs', '.js', '.cjs'].map(ending => base + ending).find(existsSync) ?? `${base}.mjs`;
};

const errorOf = ({ errorType, errorMessage, trace }: Fault) => new FunctionError(errorType, errorMessage, trace);

const exited = () => new FunctionError('Runtime.ExitError', 'RequestId: the runtime exited without an answer');

type Prepared = FunctionPlan & { cacheDir: string | undefined };

const spawn = (plan: Prepared, clock: SharedArrayBuffer) => {
  const { name, memory, handler, cacheDir } = plan;
  return new Worker(new URL('./function-worker.mjs', import.meta.url), {
    name,
    env: plan.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 16 },
    workerData: {
      clock,
      cacheDir,
      file: fileOf(plan),
      handlerName: handler.slice(handler.lastIndexOf('.') + 1),
      context: {
        functionName: name,
        functionVersion: '$LATEST',
        memoryLimitInMB: String(memory),
        logGroupName: `/aws/lambda/${name}`,
        logStreamName: 'local',
      },
    },
  });
};

/** Starts an environment; `write` gets what the function prints, `ended` runs when it has ended. */
export const startEnvironment = (
  plan: Prepared,
  clock: SharedArrayBuffer,
  write: (text: string) => void,
  ended: () => void,
): Environment => {
  const worker = spawn(plan, clock);
  let turn: Turn | undefined;
  let spent = false;
  let begun: (() => void) | undefined;
  const started = new Promise<void>(settle => {
    begun = settle;
  });
  const finish = (use: (turn: Turn) => void) => {
    const current = turn;
    turn = undefined;
    clearTimeout(current?.timer);
    if (current) use(current);
  };
  worker.stdout.on('data', chunk => write(String(chunk)));
  worker.stderr.on('data', chunk => write(String(chunk)));
  worker.on('message', ({ ready, broken, result, fault }: Reply) => {
    if (ready) return begun?.();
    spent ||= broken !== undefined;
    const wrong = broken ?? fault;
    finish(({ settle, fail }) => (wrong ? fail(errorOf(wrong)) : settle(result ?? 'null')));
    if (broken) void worker.terminate();
  });
  worker.on('error', error => {
    spent = true;
    finish(({ fail }) => fail(new FunctionError(error.name, error.message, String(error.stack).split('\n'))));
  });
  worker.on('exit', () => {
    spent = true;
    finish(({ fail }) => fail(exited()));
    ended();
  });

  const tooLate = () => {
    const late = `Task timed out after ${(plan.timeout / 1000).toFixed(2)} seconds`;
    spent = true;
    finish(({ fail }) => fail(new FunctionError('Sandbox.Timedout', late)));
    void worker.terminate();
  };
  return {
    run: payload =>
      new Promise((settle, fail) => {
        turn = { settle, fail };
        void started.then(() => {
          if (!turn) return;
          turn.timer = setTimeout(tooLate, plan.timeout);
          worker.postMessage({ payload, requestId: randomUUID(), timeout: plan.timeout, arn: plan.arn });
        });
      }),
    started,
    spent: () => spent,
    end: () => worker.terminate(),
  };
};
