import { describe, expect, test } from 'vitest';
import {
  attributeNamed,
  Definition,
  DefinitionFields,
  nameOf,
} from '../../../functions/customers/attributes/definition.ts';
import { matchesWildcards, parseTyped } from '../../../functions/customers/attributes/typed-values.ts';

const of = (fields: object): Definition =>
  Definition.parse({ ...DefinitionFields.parse(fields), attribute: 'attributes.x', updatedAt: '2026-11-22T09:00:00Z' });

describe('a value is converted to its type', () => {
  test.each<[object, unknown, unknown]>([
    [{ type: 'text' }, ' gold ', 'gold'],
    [{ type: 'text', pattern: 'S####@' }, 'S1234D', 'S1234D'],
    [{ type: 'number' }, '12.5', 12.5],
    [{ type: 'integer' }, '12', 12],
    [{ type: 'boolean' }, 'Yes', true],
    [{ type: 'boolean' }, 0, false],
    [{ type: 'date' }, '2026-02-28', '2026-02-28'],
    [{ type: 'instant' }, '2026-11-22T17:00:00+08:00', '2026-11-22T09:00:00.000Z'],
    [{ type: 'enum', values: ['Gold', 'Free'] }, 'gold', 'Gold'],
    [{ type: 'list', values: ['A', 'B'] }, ['b', 'B', 'a'], ['B', 'A']],
    [{ type: 'list' }, 'one', ['one']],
    [{ type: 'money' }, { amount: 1200, currency: 'sgd' }, { amount: 1200, currency: 'SGD' }],
    [{ type: 'url' }, 'https://example.com/a', 'https://example.com/a'],
    [{ type: 'email' }, 'ADA@example.com', 'ada@example.com'],
    [{ type: 'phone' }, '6123 4567', '+6561234567'],
    [{ type: 'json' }, { any: ['thing'] }, { any: ['thing'] }],
  ])('%j takes %j as %j', (fields, given, value) => {
    expect(parseTyped(of(fields), given, { country: 'SG' })).toEqual({ value });
  });
});

describe('an invalid value has a fault', () => {
  test.each<[object, unknown, string]>([
    [{ type: 'text' }, ['x'], 'is not a text'],
    [{ type: 'text', max: 3 }, 'gold', 'is more than 3 characters'],
    [{ type: 'text', pattern: 'S####@' }, 'S12345', 'does not match S####@'],
    [{ type: 'number' }, 'twelve', 'is not a number'],
    [{ type: 'number', min: 1 }, 0, 'is less than 1'],
    [{ type: 'integer' }, 1.5, 'is not a whole number'],
    [{ type: 'boolean' }, 'maybe', 'is not true or false'],
    [{ type: 'date' }, '2026-02-30', 'is not a date (YYYY-MM-DD)'],
    [{ type: 'date', min: '2026-01-01' }, '2025-12-31', 'is before 2026-01-01'],
    [{ type: 'instant' }, 'noon', 'is not a time such as 2026-11-22T09:00:00Z'],
    [{ type: 'enum', values: ['a', 'b'] }, 'c', 'is not one of a, b'],
    [{ type: 'list' }, [{}], 'is not a list of texts, numbers or booleans'],
    [{ type: 'list', values: ['a'] }, ['a', 'z'], 'has an item that is not one of a'],
    [{ type: 'list', max: 1 }, ['a', 'z'], 'is more than 1 item'],
    [{ type: 'money' }, 12, 'is not { amount, currency } with minor units and a three-letter code'],
    [{ type: 'url' }, 'javascript:alert(1)', 'is not a URL such as https://example.com'],
    [{ type: 'email' }, 'ada', 'is not an e-mail address'],
    [{ type: 'phone' }, '12', 'is not a valid phone number'],
  ])('%j refuses %j: %s', (fields, given, fault) => {
    expect(parseTyped(of(fields), given, { country: 'SG' })).toEqual({ fault });
  });
});

describe('a definition must fit its type', () => {
  test.each<[object, string]>([
    [{ type: 'enum' }, 'values'],
    [{ type: 'text', values: ['a'] }, 'values'],
    [{ type: 'enum', values: ['a', 'a'] }, 'values'],
    [{ type: 'number', pattern: '*' }, 'pattern'],
    [{ type: 'json', indexed: true }, 'indexed'],
    [{ type: 'boolean', min: 1 }, 'min'],
    [{ type: 'number', min: '2026-01-01' }, 'min'],
    [{ type: 'number', min: 2, max: 1 }, 'max'],
  ])('%j names %s', (fields, path) => {
    expect(DefinitionFields.safeParse(fields).error?.issues[0]?.path).toEqual([path]);
  });
});

test('names are standard fields, else custom attributes', () => {
  const named = [
    'phone',
    'address.postcode',
    'address',
    'identifiers.tax',
    'plan',
    'attributes.plan',
    'attributes.phone',
  ];
  expect(named.map(attributeNamed)).toEqual([
    'phone',
    'address.postcode',
    'address',
    'identifiers.tax',
    'attributes.plan',
    'attributes.plan',
    'attributes.phone',
  ]);
  expect(['kind', 'a.b', '', '1st', 'address.planet'].map(attributeNamed)).toEqual(Array(5).fill(undefined));
  expect(['attributes.plan', 'attributes.phone', 'phone'].map(attribute => nameOf({ attribute }))).toEqual([
    'plan',
    'attributes.phone',
    'phone',
  ]);
});

test('wildcards match whole texts, in bounded time', () => {
  expect(matchesWildcards('*@', 'a1b')).toBe(true);
  expect(matchesWildcards('S*#', 'S-xx-9')).toBe(true);
  expect(matchesWildcards('S*#', 'S-xx-9!')).toBe(false);
  expect(matchesWildcards('', '')).toBe(true);
  const begun = performance.now();
  expect(matchesWildcards(`${'*a'.repeat(49)}b`, 'a'.repeat(4000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(500);
});
