import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts `npm start`'s stack for ourselves, on free ports, keeping nothing; gives what it prints by its names. */
export const startOwnStack = async () => {
  const stack = join(import.meta.dirname, '../bin/local.ts');
  const child = spawn(process.execPath, [stack, '--memory', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  // it goes when we go, whichever way
  process.on('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  const close = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const printed = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    printed.set(name, value);
    if (name === 'ready') break;
  }
  if (!printed.has('ready')) throw new Error('the local stack did not start');
  return { url: printed.get('api') ?? '', writeKey: printed.get('serverKey'), close };
};
