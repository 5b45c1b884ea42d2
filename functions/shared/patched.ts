import type * as z from 'zod';
import { parse } from './http/parse.ts';
import { mergePatch } from './json.ts';

export const patched = <S extends z.ZodObject>(fields: S, before: object, patch: object): z.output<S> => {
  const was = Object.fromEntries(Object.entries(before).filter(([name]) => name in fields.shape));
  return parse(fields, mergePatch(was, patch));
};
