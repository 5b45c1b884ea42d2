import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../shared/json.ts';

/**
 * What becomes of a value when a change is taken back that made `was` into `became`: what is as it became goes back, what was
 * changed since stays. Objects part by part.
 */
export const reverted = (is: unknown, was: unknown, became: unknown): unknown => {
  if (isDeepStrictEqual(was, became)) return is;
  if (isDeepStrictEqual(is, became)) return was;
  if (!isObject(is)) return is;
  const [before, after] = [isObject(was) ? was : {}, isObject(became) ? became : {}];
  const names = [...new Set([...Object.keys(is), ...Object.keys(before)])];
  const parts = names.map(name => [name, reverted(is[name], before[name], after[name])]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
};
