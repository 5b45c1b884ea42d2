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

/** what lists something of every context */
const registries = ['functions/contexts.ts', 'functions/erasing.ts', 'functions/importing.ts'];

const isShared = (path: string) => path.startsWith('functions/shared/');
const isPackage = (path: string) => !/^(functions|events|lib|local|client|bin|tests|bench|demo)\//.test(path);

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

test('a context reaches another only through its reads.ts', () => {
  const contexts = functions.filter(({ file }) => !registries.includes(file) && !isShared(file));
  const allowed = (path: string, { file }: Source) => {
    if (isPackage(path) || isShared(path) || path.startsWith('events/')) return true;
    if (path === 'functions/erasing.ts') return /^functions\/customers\/(privacy\/erasure|export)\//.test(file);
    if (path === 'functions/importing.ts') return file.startsWith('functions/customers/import/');
    const other = contextOf(path);
    return other === contextOf(file) || path === `functions/${other}/reads.ts`;
  };
  expect(breaking(contexts, allowed)).toEqual([]);
});

test('the contexts’ reads form no cycle', () => {
  const leads = new Map<string, Set<string>>();
  for (const { file, imports } of functions) {
    const from = contextOf(file);
    for (const { path } of imports) {
      const to = path.endsWith('/reads.ts') ? contextOf(path) : undefined;
      if (from && to && from !== to) leads.set(from, (leads.get(from) ?? new Set()).add(to));
    }
  }
  const cycleFrom = (at: string, path: string[]): string[] | undefined => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at];
    for (const next of leads.get(at) ?? []) {
      const cycle = cycleFrom(next, [...path, at]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  expect([...leads.keys()].map(at => cycleFrom(at, [])).find(Boolean)).toBeUndefined();
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
