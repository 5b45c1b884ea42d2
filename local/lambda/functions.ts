import { totalmem } from 'node:os';
import { AwsError, FunctionError } from '../runtime/service.ts';
import { tenantsIn } from '../runtime/tenant.mjs';
import { type Environment, type FunctionPlan, startEnvironment } from './environment.ts';

/** about what an environment takes */
const memoryOfOne = 40 * 1024 * 1024;

/** environments of one function, and of all together in a quarter of the memory, that live at a time */
const most = { each: 4, all: Math.min(128, Math.max(32, Math.floor(totalmem() / 4 / memoryOfOne))) };

/** how many starts an event waits before another environment is started for it: on few cores a start costs more than an invocation */
const patience = 2;

/** an environment that has nothing to do for so long is ended, for memory */
const idleFor = 300_000;

/** Lambda's limit of a synchronous event and of a reply */
const largest = 6 * 1024 * 1024;

type Waiting = { since: number; payload: string; settle(result: string): void; fail(error: unknown): void };

type Known = {
  plan: FunctionPlan;
  idle: Environment[];
  count: number;
  waiting: Waiting[];
  grownAt: number;
  growth?: NodeJS.Timeout;
};

/** Runs the functions of the stack, each in environments that start at first use. */
export type Functions = {
  add(plan: FunctionPlan): void;
  find(nameOrArn: string): FunctionPlan | undefined;
  /** JSON in, JSON out; rejects with FunctionError when the function throws */
  invoke(nameOrArn: string, payload: string): Promise<string>;
  /** invocations under way, for one tenant or for all */
  running(tenant?: string): number;
  /** how many invocations there have been, to notice that something happened meanwhile */
  begun(tenant?: string): number;
  /** `listen` runs at each end of an invocation, which may have written something */
  ended(listen: () => void): void;
  stop(): Promise<void>;
};

const nameIn = (nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? '') : (nameOrArn.split(':')[0] ?? '');

const tooLarge = ({ length }: string) =>
  new FunctionError('Function.ResponseSizeTooLarge', `Response payload size (${length}) exceeded ${largest} bytes`);

const describe = ({ errorType, message, trace }: FunctionError) =>
  trace.length ? `ERROR ${trace.join('\n')}` : `ERROR ${errorType}: ${message}`;

type Options = {
  clock: SharedArrayBuffer;
  /** where compiled code is stored */
  cacheDir: string | undefined;
  /** a function's name and what it printed */
  write(name: string, text: string): void;
  invoked?: ((name: string, payload: string) => void) | undefined;
};

/** counts invocations by the tenants they carry; those of no tenant count for each */
const openCounts = () => {
  const all = { running: 0, begun: 0 };
  const unknown = { running: 0, begun: 0 };
  const byTenant = new Map<string, typeof all>();
  const of = (tenant: string) => {
    const counts = byTenant.get(tenant) ?? { running: 0, begun: 0 };
    byTenant.set(tenant, counts);
    return counts;
  };
  const get = (what: 'running' | 'begun', tenant?: string) =>
    tenant === undefined ? all[what] : unknown[what] + (byTenant.get(tenant)?.[what] ?? 0);
  return {
    running: (tenant?: string) => get('running', tenant),
    begun: (tenant?: string) => get('begun', tenant),
    /** counts an invocation until the function returned is called */
    begin(payload: string) {
      const tenants = tenantsIn(payload);
      const counts = [all, ...(tenants.size ? [...tenants].map(of) : [unknown])];
      for (const one of counts) {
        one.running++;
        one.begun++;
      }
      return () => {
        for (const one of counts) one.running--;
      };
    },
  };
};

/** The functions of one stack. */
export const openFunctions = ({ clock, cacheDir, write, invoked }: Options): Functions => {
  const known = new Map<string, Known>();
  const all = new Set<Environment>();
  const sleeping = new Map<Environment, { of: Known; timer: NodeJS.Timeout }>(); // longest asleep first
  const listeners: (() => void)[] = [];
  const counts = openCounts();
  let startTook = 100; // real milliseconds, lately

  const drop = (environment: Environment) => {
    const asleep = sleeping.get(environment);
    clearTimeout(asleep?.timer);
    sleeping.delete(environment);
    if (asleep) asleep.of.idle = asleep.of.idle.filter(other => other !== environment);
  };
  const start = (of: Known) => {
    const [oldest] = sleeping.keys();
    if (all.size >= most.all && oldest) {
      drop(oldest);
      void oldest.end();
    }
    of.count++;
    const since = performance.now();
    of.grownAt = since;
    const environment = startEnvironment(
      { ...of.plan, cacheDir },
      clock,
      text => write(of.plan.name, text),
      () => {
        drop(environment);
        of.count--;
        all.delete(environment);
        serve(of);
      },
    );
    all.add(environment);
    void environment.started.then(() => {
      startTook = (startTook + performance.now() - since) / 2;
    });
    return environment;
  };
  const sleep = (of: Known, environment: Environment) => {
    if (environment.spent()) return;
    const timer = setTimeout(() => {
      drop(environment);
      void environment.end();
    }, idleFor);
    timer.unref();
    sleeping.set(environment, { of, timer });
    of.idle.push(environment);
  };
  const wake = (of: Known) => {
    const environment = of.idle.findLast(one => !one.spent());
    if (environment) drop(environment);
    if (environment || !of.count) return environment ?? start(of);
    if (of.count >= most.each) return undefined;
    const left = Math.max(of.waiting[0]!.since, of.grownAt) + patience * startTook - performance.now();
    if (left <= 0) return start(of);
    of.growth ??= setTimeout(() => {
      of.growth = undefined;
      serve(of);
    }, left);
    return undefined;
  };
  const serve = (of: Known) => {
    while (of.waiting.length) {
      const environment = wake(of);
      if (!environment) return;
      const { payload, settle, fail } = of.waiting.shift()!;
      const end = (reply: () => void) => {
        sleep(of, environment);
        reply();
        serve(of);
      };
      environment.run(payload).then(
        result => end(() => (result.length > largest ? fail(tooLarge(result)) : settle(result))),
        error => end(() => fail(error)),
      );
    }
  };

  return {
    add: plan => void known.set(plan.name, { plan, idle: [], count: 0, waiting: [], grownAt: 0 }),
    find: nameOrArn => known.get(nameIn(nameOrArn))?.plan,
    running: counts.running,
    begun: counts.begun,
    ended: listen => void listeners.push(listen),
    async invoke(nameOrArn, payload) {
      const of = known.get(nameIn(nameOrArn));
      if (!of) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
      if (Buffer.byteLength(payload) > largest) {
        throw new AwsError('RequestTooLargeException', `Request must be smaller than ${largest} bytes`, 413);
      }
      const end = counts.begin(payload);
      invoked?.(of.plan.name, payload);
      try {
        return await new Promise((settle, fail) => {
          of.waiting.push({ since: performance.now(), payload, settle, fail });
          serve(of);
        });
      } catch (error) {
        if (error instanceof FunctionError) write(of.plan.name, describe(error));
        throw error;
      } finally {
        end();
        for (const listen of listeners) listen();
      }
    },
    async stop() {
      for (const of of known.values()) {
        of.waiting = [];
        clearTimeout(of.growth);
      }
      await Promise.all([...all].map(environment => environment.end()));
    },
  };
};
