import { readFileSync } from 'node:fs';

/** real milliseconds between looks whether the parent lives */
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

/** those whose end is ours: npm, and a shell between it and us */
const ancestry = () => `${process.ppid} ${parentOf(process.ppid) ?? ''}`;

/**
 * Ends this process when it is told to (Ctrl-C, SIGTERM, SIGHUP) or when the npm that started it is gone, which npm
 * does not always pass on. Gives a function that takes what is to be done before; asked twice, it ends at once.
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
  // a terminal that went away is no reason to fail
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
