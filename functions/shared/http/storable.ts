import type { FieldError } from './api-error.ts';

const holds = (number: number) =>
  Math.abs(number) <= Number.MAX_SAFE_INTEGER && (number === 0 || Math.abs(number) >= 1e-130);

// queues take no message with one of these two, however it is escaped on its way
const noCharacter = /[\ufffe\uffff]/g;

const mended = (text: string) => text.toWellFormed().replace(noCharacter, '\ufffd');

// the SDK judges an object by its `constructor`
const taken = new Set(['', 'constructor', '__proto__']);

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A value as the table can hold it: numbers beyond its range become text, broken Unicode is mended, impossible names get a `_`. */
export const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return mended(value);
  if (typeof value === 'number') return holds(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isMap(value)) return value;
  const named = (name: string) => (taken.has(name) ? `_${name}` : mended(name));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [named(name), storable(part)]));
};

/** what of a JSON value the table cannot hold, by its path */
export const unstorable = (value: unknown, path: string[] = []): FieldError[] => {
  const bad = (message: string) => [{ path: path.join('.'), message }];
  if (typeof value === 'string' && value !== mended(value)) return bad('is not valid Unicode');
  if (typeof value === 'number' && !holds(value))
    return bad('is a number too large or too small to be stored exactly. Send it as text.');
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    taken.has(name) || name !== mended(name)
      ? [{ path: [...path, name].join('.'), message: 'is not a valid field name' }]
      : unstorable(part, [...path, name]),
  );
};
