import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, statusOf } from '../../functions/shared/refusal.ts';

const root = join(import.meta.dirname, '..', '..');

const thrown = /new Refusal\(\s*'(\w+)',\s*(?:'([\w.-]+)'|`([^`]+)`)/g;
const claimed = /\bcode: '([\w-]+\.[\w-]+)'/g;

/**
 * The status of each refusal code. A code's kind is said once, where it is thrown (or is a taken unique value: a conflict), so
 * it is read from there.
 */
export const refusalStatuses = (): Map<string, number> => {
  const statuses = new Map<string, number>();
  for (const file of globSync('functions/**/*.ts', { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, kind, code] of source.matchAll(thrown)) if (code) statuses.set(code, statusOf[kind as Kind]);
    for (const [, code] of source.matchAll(claimed))
      if (code && !statuses.has(code)) statuses.set(code, statusOf.conflict);
  }
  return statuses;
};
