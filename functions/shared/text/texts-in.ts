import { isObject } from '../json.ts';

/** the texts in a JSON value, each with its path */
export const textsIn = (value: unknown, path: string[] = []): { text: string; path: string[] }[] => {
  if (typeof value === 'string') return [{ text: value, path }];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, [...path, name]));
};

/** a JSON value with other texts */
export const mapTexts = (value: unknown, one: (text: string) => string): unknown => {
  if (typeof value === 'string') return one(value);
  if (Array.isArray(value)) return value.map(part => mapTexts(part, one));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapTexts(part, one)]));
};
