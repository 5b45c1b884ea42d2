import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { isAhead } from '../../shared/events/as-of.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import { required } from '../../shared/http/issue-text.ts';
import { fieldErrors } from '../../shared/http/parse.ts';
import type { Decided, Fault, FileField, Given } from '../../shared/imports/importable.ts';
import type { Changed } from '../fields.ts';

/** A change that a row makes to a record, by the rules of the API; `path`: the column that makes it. */
export type Step<T> = { path: string; apply(before: T): Changed<T> };

/** Applies steps one after the other: one that the API would refuse becomes a fault. */
export const applySteps = <T>(start: Changed<T>, steps: Step<T>[], faults: Fault[] = []): Decided<T> => {
  let { after } = start;
  const events = [...start.events];
  const all = [...faults];
  for (const { path, apply } of steps) {
    try {
      const changed = apply(after);
      after = changed.after;
      events.push(...changed.events);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      all.push(...(error.more.errors ?? [{ path, message: error.message }]));
    }
  }
  return { after, events, faults: all };
};

/** one step for the fields that differ; none where none does */
export const patchSteps = <T extends object>(
  before: T,
  fields: Partial<T>,
  apply: (before: T, changes: Partial<T>) => Changed<T>,
): Step<T>[] => {
  const differs = Object.entries(fields).filter(([path, value]) => !isDeepStrictEqual(value, before[path as keyof T]));
  const [path] = differs[0] ?? [];
  const changes = Object.fromEntries(differs) as Partial<T>;
  return path === undefined ? [] : [{ path, apply: record => apply(record, changes) }];
};

/** a row of which nothing can be used */
export const rejected = (...faults: Fault[]): { events: []; faults: Fault[] } => ({ events: [], faults });

/** the fields of a row that have a value */
export const pick = (given: Given, ...paths: string[]): Given =>
  Object.fromEntries(paths.flatMap(path => (given[path] === undefined ? [] : [[path, given[path]]])));

/** the faults that the API would find in a row; a field without a value is named, as it has no column */
export const rowFaults = ({ error }: z.ZodSafeParseResult<unknown>): Fault[] =>
  fieldErrors(error?.issues ?? []).map(({ path, message }) =>
    message === required ? { path, message: `the row has no ${path.replace(/\.\d+/, '')}` } : { path, message },
  );

export const futureFaults = (now: string, given: Given, ...paths: string[]): Fault[] =>
  paths
    .filter(path => given[path] !== undefined && isAhead(now, String(given[path])))
    .map(path => ({ path, message: 'is in the future' }));

/** clocks of other systems may be ahead */
export const notAfter = (now: string, at: string) => (at < now ? at : now);

/** the fields of a record that a row changes and that cannot change */
export const fixedFaults = (noun: string, before: object, given: Given): Fault[] =>
  Object.entries(given)
    .filter(([path, value]) => value !== undefined && !isDeepStrictEqual(value, (before as Given)[path]))
    .map(([path]) => ({ path, message: `cannot change after the ${noun} is recorded` }));

/** the reason of a record that a row closes without one */
export const noReason = 'not given';

export const currencyColumn: FileField = { is: 'currency', words: 'currencycode waehrung devise moneda' };
