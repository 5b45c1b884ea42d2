import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

/** what a start prints, by the first word of its lines */
type Printed = Record<'api' | 'aws' | 'token' | 'writeKey', string>;

/** `npm start` as a process that can be killed at any moment and started again on the same data. */
export type Runtime = {
  /** starts it; resolves once it is ready */
  start(): Promise<void>;
  /** where it was reached last; another address after each start */
  at(): Printed;
  /** resolves at once while it is up, else with its next start */
  up(): Promise<void>;
  kill(): Promise<void>;
  /** kills the database below it, which it has to start again */
  killEngine(): void;
};

const childrenOf = (pid: number) =>
  readdirSync('/proc').filter(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false;
    }
  });

const readyLines = async (child: ChildProcess): Promise<Printed> => {
  const printed: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    printed[name] = value;
    if (name === 'ready') return printed as Printed;
  }
  throw new Error('the runtime ended before it was ready');
};

/** The runtime on a data folder, on any free ports. */
export const runtimeOn = (dataDir: string): Runtime => {
  let child: ChildProcess | undefined;
  let printed: Printed | undefined;
  let ready = Promise.withResolvers<void>();

  return {
    async start() {
      const args = [join(root, 'bin/local.ts'), '--data', dataDir, '--port', '0'];
      child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
      printed = await readyLines(child);
      ready.resolve();
    },
    at() {
      if (!printed) throw new Error('not started yet');
      return printed;
    },
    up: () => ready.promise,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      ready = Promise.withResolvers<void>();
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    killEngine() {
      for (const pid of child?.pid ? childrenOf(child.pid) : []) process.kill(Number(pid), 'SIGKILL');
    },
  };
};
