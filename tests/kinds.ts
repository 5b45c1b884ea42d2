import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/**
 * pure: needs no stack of Rapport's · shared: on one stack with other files side by side · exclusive: moves the clock or
 * reads the data folder, so has its worker's stack for itself · long: `*.long.test.ts`, property walks, much data, long clocks ·
 * killing: ends processes, or takes minutes; long and killing only in `npm run test:all`
 */
export type Kind = 'pure' | 'shared' | 'exclusive' | 'long' | 'killing';

const marks = {
  killing: /SIGKILL|tryCrashes|SCHEMATHESIS/,
  exclusive: /\badvance\b|\bdataDir\b/,
  stack: /\bthisStack\b/,
  /** of pure tests: starts something, or works on a whole app or large data */
  slow: /\b(startFixture|startStack|openWorld|spawn|execFile)|from '(\.\.\/)+(lib|demo|bench)\//,
};

/** files that offer what others use */
const offers = /tests\/(world|crm|this-stack)\.ts$/;

type Read = (path: string) => string;

/** a test file and those in tests/ that it imports, directly or not */
const closure = (file: string, read: Read, seen = new Set<string>()) => {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) {
    const imported = join(dirname(file), path);
    if (imported.startsWith('tests/')) closure(imported, read, seen);
  }
  return seen;
};

/** The kind of a test file, by what it and its helpers use; and whether it is over in a moment. */
export const kindOf = (file: string, read: Read): { kind: Kind; quick: boolean } => {
  const all = [...closure(file, read)];
  const uses = (mark: RegExp) => all.some(path => !offers.test(path) && mark.test(read(path)));
  const onStack = all.some(path => marks.stack.test(read(path)));
  if (uses(marks.killing)) return { kind: 'killing', quick: false };
  if (file.endsWith('.long.test.ts')) return { kind: 'long', quick: false };
  if (!onStack) return { kind: 'pure', quick: !uses(marks.slow) };
  return { kind: uses(marks.exclusive) ? 'exclusive' : 'shared', quick: false };
};

const context = (path: string) => path.split('/')[1];

/** the folders below the context and the name of a file, without what names its role */
const nouns = (path: string) =>
  path
    .replace(/(-routes|(\.long)?\.test)?\.ts$/, '')
    .split('/')
    .slice(2);

/** Whether a test is of a changed file: it is the file, or has the name of the file or of a folder of it in the same context. */
export const isOf = (test: string, changed: string) =>
  test === changed ||
  (context(test) === context(changed) && !/^tests\//.test(changed) && nouns(changed).includes(nouns(test).at(-1)!));
