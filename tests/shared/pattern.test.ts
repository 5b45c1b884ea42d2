import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, exactValues, PatternError } from '../../functions/shared/patterns/pattern.ts';

const vectorsIn = (name: string) =>
  readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => /^([TFX]) (.*) \| (.*)$/.exec(line)!.slice(1) as [string, string, string]);

const vectors = vectorsIn('event-patterns.txt');
const generated = vectorsIn('event-patterns-generated.txt');

function answer(pattern: string, event: string) {
  try {
    return compile(JSON.parse(pattern))(JSON.parse(event)) ? 'T' : 'F';
  } catch (problem) {
    if (problem instanceof PatternError) return 'X';
    throw problem;
  }
}

test('all the vectors are here', () => expect(vectors).toHaveLength(120));

// events and patterns are parsed JSON: a number that no double holds, or a key of an operator written twice, is lost before
const isLost = /12345678901234567|9007199254740993|"prefix":"x","prefix":"y"/;

test.each([...vectors, ...generated].filter(([, pattern, event]) => !isLost.test(pattern + event)))(
  'the engine behind EventBridge says %s to %s over %s',
  (expected, pattern, event) => {
    expect(answer(pattern, event)).toBe(expected);
  },
);

describe('parsed JSON', () => {
  test('an event that is no object matches nothing', () => {
    const missing = compile({ a: [{ exists: false }] });
    expect([{}, null, 'x', [{}], undefined].map(missing)).toEqual([true, false, false, false, false]);
  });

  test('what objects inherit is not in the event', () => {
    const event = { a: {} };
    expect(compile({ a: { constructor: [{ exists: true }] } })(event)).toBe(false);
    expect(compile(JSON.parse('{"__proto__":{"__proto__":[null]}}'))(event)).toBe(false);
    expect(compile(JSON.parse('{"__proto__":[1]}'))(JSON.parse('{"__proto__":1}'))).toBe(true);
  });
});

describe('what is wrong with a pattern is named by its path', () => {
  test.each<[unknown, RegExp]>([
    [
      { detail: { data: { total: [{ numeric: ['>', 5, '<', 0] }] } } },
      /^detail\.data\.total\.0\.numeric: .*lower bound/,
    ],
    [{ detail: { city: 'Singapore' } }, /^detail\.city: must be an object or an array/],
    [{ detail: {} }, /^detail: must not be empty/],
    [{}, /^pattern: must not be empty/],
    ['x', /^pattern: must be an object/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, /^a\.0: needs exactly one operator/],
    [{ a: ['x', { like: 'y' }] }, /^a\.1\.like: is not an operator/],
    [{ a: [{ toString: 'y' }] }, /^a\.0\.toString: is not an operator/],
    [{ $or: [{ a: [1] }, { b: [] }] }, /^\$or\.1\.b: must not be empty/],
    [{ $or: [{ a: [1] }] }, /^\$or: needs at least two/],
    [{ a: [1], $or: [{ a: [1] }, { b: [1] }] }, /^\$or: names a inside and outside/],
    [{ a: [undefined] }, /^a\.0: must be/],
  ])('%j', (pattern, message) => {
    expect(() => compile(pattern)).toThrow(PatternError);
    expect(() => compile(pattern)).toThrow(message);
  });
});

describe('nothing blows up', () => {
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, { $or: [{ a: [1] }, { b: [1] }] }]));

  test('a $or may multiply out to a thousand combinations', () => {
    expect(compile(pairs(9))(pairs(0))).toBe(false);
    expect(() => compile(pairs(10))).toThrow(/more than 1000 combinations/);
    expect(() => compile(pairs(60))).toThrow(/more than 1000 combinations/);
  });

  test('wildcards never go back', () => {
    const started = performance.now();
    const many = compile({ a: [{ wildcard: `${'*a'.repeat(500)}*b` }] });
    expect(many({ a: 'a'.repeat(100_000) })).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('array consistency is decided without trying all choices', () => {
    const conditions = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, { v: [1] }]));
    const element = (missing: number) =>
      Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, Array(20).fill({ v: i === missing ? 2 : 1 })]));
    const matches = compile({ a: conditions });
    const started = performance.now();
    expect(matches({ a: Array.from({ length: 12 }, (_, i) => element(i)) })).toBe(false);
    expect(matches({ a: [element(3), element(-1)] })).toBe(true);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('arrays in arrays without end match nothing', () => {
    const deep = JSON.parse(`{"a":${'['.repeat(50_000)}1${']'.repeat(50_000)}}`);
    expect(compile({ a: [1] })(deep)).toBe(false);
  });
});

describe('exactValues', () => {
  const at = ['detail', 'data', 'event'];
  test.each<[unknown, string[] | undefined]>([
    [{ detail: { data: { event: ['Viewed', { exactly: 'Bought' }] } } }, ['Viewed', 'Bought']],
    [{ detail: { data: { event: ['Viewed', { prefix: 'B' }] } } }, undefined],
    [{ detail: { data: { event: ['Viewed', 5] } } }, undefined],
    [{ detail: { data: { event: ['10.0.0.1'] } } }, undefined],
    [{ detail: { data: { event: ['Viewed', { exists: false }] } } }, undefined],
    [{ source: ['shop'] }, undefined],
    [{ 'detail.data': { event: ['Viewed'] } }, ['Viewed']],
    [{ $or: [{ detail: { data: { event: ['A'] } } }, { detail: { data: { event: ['B', 'A'] } } }] }, ['A', 'B']],
    [{ $or: [{ detail: { data: { event: ['A'] } } }, { source: ['shop'] }] }, undefined],
    [{ detail: { data: { event: ['A'] } }, $or: [{ source: ['x'] }, { source: ['y'] }] }, ['A']],
  ])('%j', (pattern, expected) => {
    expect(exactValues(pattern, at)).toEqual(expected);
  });
});
