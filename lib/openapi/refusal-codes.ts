import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorKind, statusOf } from '../../functions/shared/http/api-error.ts';

const root = join(import.meta.dirname, '..', '..');

const thrown = /new Refusal\(\s*'(\w+)',\s*(?:'([\w.-]+)'|`([^`]+)`)/g;
const claimed = /\bcode: '([\w-]+\.[\w-]+)'/g;
/** functions named for the kind of refusal that they make */
const made = /\b(?:conflictOf|conflict)\(\s*'([\w-]+\.[\w-]+)'/g;

/** `${entity.kind}.not-found` -> what its codes look like */
const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .replace(/\$\{[^}]*\}/g, '*')
      .replaceAll('.', '\\.')
      .replaceAll('*', '[\\w-]+')}$`,
  );

/**
 * The status of a refusal code. A code's kind is said once, where it is thrown (or is a taken unique value: a conflict), so it is
 * read from there.
 */
export const refusalStatuses = () => {
  const [statuses, patterns] = [new Map<string, number>(), new Map<RegExp, number>()];
  for (const file of globSync('functions/**/*.ts', { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, kind, code, template] of source.matchAll(thrown)) {
      const status = statusOf[kind as ErrorKind];
      if (code) statuses.set(code, status);
      else if (template) patterns.set(patternOf(template), status);
    }
    for (const [, code] of [...source.matchAll(claimed), ...source.matchAll(made)])
      if (code && !statuses.has(code)) statuses.set(code, statusOf.conflict);
  }
  return (code: string) => statuses.get(code) ?? [...patterns].find(([pattern]) => pattern.test(code))?.[1];
};

export type StatusOf = ReturnType<typeof refusalStatuses>;
