import { isObject, isSameJson, type Json } from '../json.ts';

/** an object without what it has in common with another */
export const lessOf = (value: Json, usual: Json): Json =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const known = usual[name];
      if (isObject(field) && isObject(known)) return [[name, lessOf(field, known)]];
      return name in usual && isSameJson(field, known) ? [] : [[name, field]];
    }),
  );

/** that object again */
export const moreOf = (value: Json, usual: Json): Json => {
  const fields = Object.entries(value).map(([name, field]) => {
    const known = usual[name];
    return [name, isObject(field) && isObject(known) ? moreOf(field, known) : field];
  });
  return { ...usual, ...Object.fromEntries(fields) };
};
