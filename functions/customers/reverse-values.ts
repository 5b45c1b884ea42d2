import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../shared/json.ts';

/**
 * Reverses the change of `was` to `became` in a value that may have changed since: what still is as it became goes back, the
 * rest stays. Objects part by part.
 */
export const reverseValues = (is: unknown, was: unknown, became: unknown): unknown => {
  if (isDeepStrictEqual(was, became)) return is;
  if (isDeepStrictEqual(is, became)) return was;
  if (!isObject(is)) return is;
  const [before, after] = [isObject(was) ? was : {}, isObject(became) ? became : {}];
  const names = [...new Set([...Object.keys(is), ...Object.keys(before)])];
  const parts = names.map(name => [name, reverseValues(is[name], before[name], after[name])]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
};

/** a merge patch that replaces a value by another and leaves nothing of it */
export const replacingPatch = (was: unknown, is: unknown): unknown =>
  isObject(was) && isObject(is)
    ? Object.fromEntries(
        [...new Set([...Object.keys(was), ...Object.keys(is)])].map(key => [
          key,
          replacingPatch(was[key], is[key] ?? null),
        ]),
      )
    : is;
