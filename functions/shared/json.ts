import { isDeepStrictEqual } from 'node:util';

export type Json = Record<string, unknown>;

/** a JSON object: neither null nor a list */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396 */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
};

export const differences = (
  from: unknown,
  to: unknown,
  path: string[] = [],
): { attribute: string; from: unknown; to: unknown }[] => {
  if (isDeepStrictEqual(from, to)) return []; // the store keeps no order of keys
  if (!isObject(from) || !isObject(to)) return [{ attribute: path.join('.'), from: from ?? null, to: to ?? null }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(name =>
    differences(from[name], to[name], [...path, name]),
  );
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

export const isSameJson = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b));
