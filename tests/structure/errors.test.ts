import { expect, test } from 'vitest';
import { entities } from '#declared/entities.ts';
import * as contexts from '../../functions/contexts.ts';
import type { Problem } from '../../functions/shared/http/api-error.ts';
import { notFound } from '../../functions/shared/http/errors.ts';
import { operationsOf } from '../../lib/openapi/operations.ts';
import { sources } from './sources.ts';

const functions = sources('functions');
const files = functions.filter(({ file }) => file.endsWith('/errors.ts')).map(({ file }) => file);

type Declared = { file: string; name: string; problem: Problem };

const isProblem = (value: unknown): value is Problem => typeof value === 'function' && 'code' in value;

const declared = (
  await Promise.all(
    files.map(async file => {
      const exported: Record<string, unknown> = await import(/* @vite-ignore */ `../../${file}`);
      return Object.entries(exported).flatMap(([name, problem]) =>
        isProblem(problem) ? [{ file, name, problem } satisfies Declared] : [],
      );
    }),
  )
).flat();

/** the store throws `<kind>.not-found` for every kind of record */
const byStore = ({ problem }: Declared) => {
  const [kind = ''] = problem.code.split('.');
  return problem().message === notFound(kind)().message && entities.some(entity => entity.kind === kind);
};

test('every declared error is used by a file that can throw it', () => {
  expect(declared.length).toBeGreaterThan(100);
  const throwing = functions.filter(({ file }) => !/(^|[/-])(contract|errors|routes)\.ts$/.test(file));
  const uses = ({ file, name }: Declared) =>
    throwing.some(
      ({ text, imports }) => imports.some(({ path }) => path === file) && new RegExp(`\\b${name}\\b`).test(text),
    );
  const unused = declared.filter(one => !byStore(one) && !uses(one));
  expect(unused.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test('a code has one kind', () => {
  const codes = Map.groupBy(
    [...declared.map(({ problem }) => problem), ...operationsOf(contexts).flatMap(({ route }) => route.errors)],
    ({ code }) => code,
  );
  const torn = [...codes].filter(([, problems]) => new Set(problems.map(({ kind }) => kind)).size > 1);
  expect(torn.map(([code]) => code)).toEqual([]);
});

test('an error has a declared code: no other code makes one', () => {
  const making = functions.filter(({ text }) => /new ApiError\(/.test(text)).map(({ file }) => file);
  expect(making).toEqual(['functions/shared/http/api-error.ts']);
});
