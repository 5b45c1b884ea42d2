import { HappenedAt } from '../../shared/events/as-of.ts';
import type { AnyImportable, Given } from '../../shared/imports/importable.ts';
import { isObject } from '../../shared/json.ts';
import { normaliseEmail } from '../../shared/text/email.ts';

/** what lies at a path of dots */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), value);

/** What an event reports, as a row of a file would say it. */
export const givenIn = (detail: unknown, { fields }: AnyImportable): Given => {
  const said = Object.entries(fields).flatMap(([path, { is }]) => {
    const value = at(detail, path);
    if (value === undefined) return [];
    if (is === 'email') return [[path, normaliseEmail(String(value))]];
    return [[path, is === 'instant' ? HappenedAt.parse(value) : value]];
  });
  return Object.fromEntries(said);
};
