import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { reactions } from '../../lib/functions.ts';
import { sources } from './sources.ts';

const all = sources('bin', 'client', 'events', 'functions', 'lib', 'local');
const run = sources('events', 'functions');

const nameOf = (file: string) => basename(file, '.ts');
const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const without = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

const withPattern = (pattern: RegExp, allowed: string[]) =>
  run.filter(({ file, text }) => !allowed.includes(file) && pattern.test(without(text))).map(({ file }) => file);

test('only shared/clock.ts reads the time', () => {
  expect(
    withPattern(/Date\.now\(|new Date\(\)|Temporal\.Now|performance\.now/, ['functions/shared/time/clock.ts']),
  ).toEqual([]);
});

test('only env.ts and credentials.ts read the environment', () => {
  const allowed = ['functions/shared/aws/env.ts', 'functions/shared/aws/credentials.ts'];
  expect(withPattern(/process\.env/, allowed)).toEqual([]);
});

test('files are named in kebab-case; there is no index.ts', () => {
  const odd = all.filter(({ file }) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.asl|\.d)?$/.test(nameOf(file)));
  expect(odd.map(({ file }) => file)).toEqual([]);
  expect(all.filter(({ file }) => nameOf(file) === 'index')).toEqual([]);
});

test('no name is a word that means the thing has no name yet', () => {
  const banned = /(^|-)(utils?|helpers?|common|managers?|dtos?|impl|base|misc)(-|$)/;
  expect(all.filter(({ file }) => banned.test(nameOf(file))).map(({ file }) => file)).toEqual([]);
  const classes = all.flatMap(({ text }) => [...text.matchAll(/\bclass (\w+)/g)].map(([, name = '']) => name));
  expect(classes.filter(name => /(Util|Helper|Manager|Service|Dto|Impl|Base)s?$/.test(name))).toEqual([]);
});

test('a reaction is exported as such, and a file of one use case is named for it', () => {
  const reacting = new Set(reactions.map(({ entry }) => entry));
  const astray = run.flatMap(({ file, text }) => {
    const useCases = [...text.matchAll(/export const (\w+): (UseCase|Reaction)</g)].map(([, name]) => name);
    const exported = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name);
    const named = reacting.has(file)
      ? exported.includes('reaction')
      : useCases.length !== 1 || useCases[0] === camel(nameOf(file));
    return named ? [] : [file];
  });
  expect(astray).toEqual([]);
});

test('nothing is exported by default, and zod is imported whole', () => {
  expect(all.filter(({ text }) => /^export default/m.test(text)).map(({ file }) => file)).toEqual([]);
  expect(all.filter(({ text }) => /import \{[^}]*\} from 'zod'/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('no test is skipped or run alone, and no rule of the linter is switched off in passing', () => {
  const tests = sources('tests');
  const named = tests.filter(({ file }) => !file.startsWith('tests/structure/'));
  const alone = named.filter(({ text }) => /\b(test|describe|it)\.(only|skip|todo)\(/.test(text));
  expect(alone.map(({ file }) => file)).toEqual([]);
});
