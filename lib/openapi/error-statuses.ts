import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorKind, statusOf } from '../../functions/shared/http/api-error.ts';

const root = join(import.meta.dirname, '..', '..');

const thrown = /new ApiError\(\s*'(\w+)',\s*(?:'([\w.-]+)'|`([^`]+)`)/g;
/** a unique value that is taken, or a function named for the kind of error that it makes */
const conflict = /\bcode: '([\w-]+\.[\w-]+)'|\b(?:conflictOf|conflict)\(\s*'([\w-]+\.[\w-]+)'/g;

/** The status of an error code, read from the source that throws it. */
export const errorStatuses = () => {
  const [statuses, patterns] = [new Map<string, number>(), new Map<RegExp, number>()];
  for (const file of globSync('functions/**/*.ts', { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, kind, code, template] of source.matchAll(thrown)) {
      const status = statusOf[kind as ErrorKind];
      if (code) statuses.set(code, status);
      if (template) patterns.set(new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`), status);
    }
    for (const [, taken, made] of source.matchAll(conflict)) {
      const code = taken ?? made ?? '';
      if (!statuses.has(code)) statuses.set(code, statusOf.conflict);
    }
  }
  return (code: string) => statuses.get(code) ?? [...patterns].find(([pattern]) => pattern.test(code))?.[1];
};
