import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/**
 * pure: needs no stack of Rapport's · shared: on one stack with other files side by side · exclusive: moves the clock or
 * looks into the data folder, so has its worker's stack for itself · killing: ends processes, only in `npm run test:all`
 */
export type Kind = 'pure' | 'shared' | 'exclusive' | 'killing';

const marks = {
  killing: /SIGKILL|tryCrashes/,
  exclusive: /\badvance\b|\bdataDir\b/,
  stack: /\bthisStack\b/,
};

/** where the marks are spelled because they are offered, not because they are used */
const offered = /tests\/(world|crm|this-stack|kinds)\.ts$/;

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

/** The kind of a test file, by what it and its helpers use. */
export const kindOf = (file: string, read: Read): Kind => {
  const all = [...closure(file, read)];
  const uses = (mark: RegExp) => all.some(path => !offered.test(path) && mark.test(read(path)));
  if (uses(marks.killing)) return 'killing';
  if (!all.some(path => marks.stack.test(read(path)))) return 'pure';
  return uses(marks.exclusive) ? 'exclusive' : 'shared';
};
