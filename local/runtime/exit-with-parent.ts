import { readFileSync } from 'node:fs';

const lookEvery = 500;

const parentOf = (pid: number): number | undefined => {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
};

const ancestry = () => `${process.ppid} ${parentOf(process.ppid) ?? ''}`;

/**
 * Ends this process on Ctrl-C, SIGTERM and SIGHUP, and when the npm that started it has ended, as npm does not always pass
 * signals on. Returns a function that sets what to do before; a second signal ends it at once.
 */
export const exitWithParent = () => {
  let cleanUp: (() => Promise<void>) | undefined;
  let ending = false;
  const end = async () => {
    if (ending) process.exit(1);
    ending = true;
    await cleanUp?.();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (process.env.npm_lifecycle_event) {
    const first = ancestry();
    setInterval(() => {
      if (ancestry() !== first && !ending) void end();
    }, lookEvery).unref();
  }
  return (clean: () => Promise<void>) => {
    cleanUp = clean;
  };
};
