import type * as z from 'zod';
import { parse } from './http/parse.ts';
import { mergePatch } from './json.ts';

/** A record's fields under a merge patch. The rules between fields hold for the whole that comes of it. */
export const patched = <S extends z.ZodObject>(fields: S, before: object, patch: object): z.output<S> => {
  const was = Object.fromEntries(Object.entries(before).filter(([name]) => name in fields.shape));
  return parse(fields, mergePatch(was, patch));
};
