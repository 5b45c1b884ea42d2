import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contextOf, type Source, sources } from './sources.ts';

const functions = sources('functions');
const byFile = new Map(sources('functions', 'events').map(source => [source.file, source]));

/** imports of these files that a rule does not allow, as `file -> import` */
const breaking = (of: Source[], allowed: (path: string, source: Source, typeOnly: boolean) => boolean) =>
  of.flatMap(source =>
    source.imports
      .filter(({ path, typeOnly }) => !allowed(path, source, typeOnly))
      .map(({ path }) => `${source.file} -> ${path}`),
  );

/** The contexts as docs/architecture.md maps them: each imports only from those of a line above its own, and from its own folder. */
const levels = [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^ {4}── ([a-z· -]+?)(?: {2,}.*)?$/gm)].map(
  ([, names = '']) => names.split(' · '),
);

const isShared = (path: string) => path.startsWith('functions/shared/');
const isPackage = (path: string) =>
  path.startsWith('#declared/') || !/^(functions|events|lib|local|client|bin|tests|bench|demo)\//.test(path);

test('the checks see the imports', () => {
  expect(functions.length).toBeGreaterThan(50);
  expect(functions.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
});

test('events/ imports zod and itself only', () => {
  expect(breaking(sources('events'), path => path === 'zod' || path.startsWith('events/'))).toEqual([]);
});

test('functions/shared/ imports no context', () => {
  const shared = functions.filter(({ file }) => isShared(file));
  const allowed = (path: string) => isPackage(path) || isShared(path) || path.startsWith('events/');
  expect(breaking(shared, allowed)).toEqual([]);
});

const levelOf = (context: string | undefined) => levels.findIndex(level => level.includes(context ?? ''));

test('every context has its level', () => {
  const contexts = new Set(
    functions.filter(({ file }) => file.split('/').length > 2).map(({ file }) => contextOf(file)),
  );
  contexts.delete('shared');
  expect([...contexts].sort()).toEqual(levels.flat().sort());
  expect(levels.length).toBeGreaterThan(8);
});

test('a context imports only from contexts of the levels above its own', () => {
  const contexts = functions.filter(({ file }) => file !== 'functions/contexts.ts' && !isShared(file));
  const allowed = (path: string, { file }: Source) => {
    if (isPackage(path) || isShared(path) || path.startsWith('events/')) return true;
    return contextOf(path) === contextOf(file) || levelOf(contextOf(path)) < levelOf(contextOf(file));
  };
  expect(breaking(contexts, allowed)).toEqual([]);
});

test('a context imports no handler, reaction or job of another', () => {
  const contexts = functions.filter(({ file }) => file !== 'functions/contexts.ts' && !isShared(file));
  const acts = (path: string) => /export const (handler|\w+(Handlers|UseCases))\b/.test(byFile.get(path)?.text ?? '');
  const allowed = (path: string, { file }: Source) => contextOf(path) === contextOf(file) || !acts(path);
  expect(breaking(contexts, allowed)).toEqual([]);
});

test('contracts and entities are pure, with everything they load', () => {
  const reached = new Set<string>();
  const impure: string[] = [];
  const visit = (file: string) => {
    const source = byFile.get(file);
    if (!source || reached.has(file)) return;
    reached.add(file);
    if (/process\.env/.test(source.text)) impure.push(`${file}: process.env`);
    for (const { path, typeOnly } of source.imports) {
      if (typeOnly) continue;
      if (path.startsWith('@aws-sdk/') || path.startsWith('@smithy/')) impure.push(`${file} -> ${path}`);
      visit(path);
    }
  };
  const entities = functions.filter(({ text, file }) => / = entity\(/.test(text) && !isShared(file));
  for (const { file } of functions.filter(one => one.file.endsWith('/contract.ts'))) visit(file);
  for (const { file } of entities) visit(file);
  expect(impure).toEqual([]);
  expect(reached.size).toBeGreaterThan(20);
});

test('only the store and the claims of requests and events know expressions of the table', () => {
  const claims = ['functions/shared/events/consume.ts', 'functions/shared/http/idempotency.ts'];
  const outside = functions.filter(({ file }) => !file.startsWith('functions/shared/store/') && !claims.includes(file));
  expect(outside.filter(({ text }) => /(Filter|Condition)Expression/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('lib/ learns of what runs from functions/contexts.ts and the shared language only', () => {
  const allowed = (path: string, _: Source, typeOnly: boolean) =>
    typeOnly || path === 'functions/contexts.ts' || !path.startsWith('functions/') || isShared(path);
  expect(breaking(sources('lib'), allowed)).toEqual([]);
});

test('local/ knows no CRM: nothing of ours but the matchers of events and routes, in one place', () => {
  const matchers = ['functions/shared/patterns/pattern.ts', 'functions/shared/http/match-route.ts'];
  const allowed = (path: string, { file }: Source) =>
    isPackage(path) || path.startsWith('local/') || (file === 'local/imports.ts' && matchers.includes(path));
  expect(breaking(sources('local'), allowed)).toEqual([]);
});

test('the client imports nothing but itself', () => {
  expect(breaking(sources('client'), path => path.startsWith('client/'))).toEqual([]);
});
