import { expect, test } from 'vitest';
import * as z from 'zod';
import { checked, fieldErrors } from '../../functions/shared/http/parse.ts';

const textsOf = (schema: z.ZodType, value: unknown) => {
  const { error } = checked(schema, value);
  return fieldErrors(error?.issues ?? []).map(({ path, message }) => (path ? `${path} ${message}` : message));
};

const field = (schema: z.ZodType, value?: unknown) => textsOf(z.strictObject({ a: schema }), { a: value });

test('a missing field is required, whatever it may be', () => {
  for (const schema of [z.string(), z.int(), z.enum(['b', 'c']), z.literal('b'), z.union([z.string(), z.null()])])
    expect(field(schema)).toEqual(['a is required']);
  expect(textsOf(z.strictObject({ a: z.strictObject({ b: z.string() }) }), { a: {} })).toEqual(['a.b is required']);
});

test('a value of another type is told by the type it must have', () => {
  const cases: [z.ZodType, unknown, string][] = [
    [z.string(), 1, 'a must be a text'],
    [z.number(), 'x', 'a must be a number'],
    [z.coerce.number(), 'x', 'a must be a number'],
    [z.int(), 1.5, 'a must be a whole number'],
    [z.boolean(), 'yes', 'a must be true or false'],
    [z.array(z.string()), 'x', 'a must be a list'],
    [z.object({}), 'x', 'a must be an object'],
    [z.record(z.string(), z.string()), [], 'a must be an object'],
    [z.null(), 1, 'a must be null'],
    [z.never(), 1, 'a is not allowed'],
    [z.array(z.string()), ['x', 1], 'a.1 must be a text'],
  ];
  for (const [schema, value, text] of cases) expect(field(schema, value)).toEqual([text]);
});

test('a value, a format and a size that do not fit are told by what fits', () => {
  const cases: [z.ZodType, unknown, string][] = [
    [z.enum(['b', 'c']), 'd', 'a must be one of b, c'],
    [z.literal('b'), 'c', 'a must be b'],
    [z.literal(true), false, 'a must be true'],
    [z.iso.date(), 'x', 'a must be a date such as 2026-02-28'],
    [z.iso.datetime(), 'x', 'a must be an instant in UTC such as 2026-02-28T09:30:00Z'],
    [z.email(), 'x', 'a must be an e-mail address'],
    [z.string().regex(/^b$/), 'x', 'a is not written as it must be'],
    [z.string().min(1), '', 'a is empty'],
    [z.string().min(2), 'x', 'a must have at least 2 characters'],
    [z.string().max(1), 'xy', 'a must have at most 1 character'],
    [z.string().length(2), 'x', 'a must have exactly 2 characters'],
    [z.array(z.string()).max(2), ['x', 'y', 'z'], 'a must have at most 2 items'],
    [z.number().min(1), 0, 'a must be at least 1'],
    [z.number().gt(0), 0, 'a must be more than 0'],
    [z.int().max(100), 101, 'a must be at most 100'],
    [z.number().lt(1), 1, 'a must be less than 1'],
    [z.number().multipleOf(5), 1, 'a must be a multiple of 5'],
    [z.string().refine(() => false), 'x', 'a is not valid'],
  ];
  for (const [schema, value, text] of cases) expect(field(schema, value)).toEqual([text]);
});

test('of several forms the nearest is told, or all', () => {
  expect(field(z.union([z.string(), z.number()]), true)).toEqual(['a must be a text, or must be a number']);
  const union = z.union([z.string(), z.strictObject({ b: z.string() })]);
  expect(field(union, { b: 1 })).toEqual(['a.b must be a text']);
  const kinds = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('b') }),
    z.object({ kind: z.literal('c'), d: z.string() }),
  ]);
  expect(field(kinds, { kind: 'x' })).toEqual(['a.kind must be one of b, c']);
  expect(field(kinds, { kind: 'c' })).toEqual(['a.d is required']);
});

test('unknown fields, bad names and texts of a schema’s own', () => {
  expect(textsOf(z.strictObject({}), { b: 1 })).toEqual(['b is not a field of this request']);
  expect(field(z.record(z.string().regex(/^b/), z.int()), { x: 1 })).toEqual(['a.x is not written as it must be']);
  expect(field(z.record(z.string().regex(/^b/, 'is no b'), z.int()), { x: 1 })).toEqual(['a.x is no b']);
  expect(field(z.string().min(3, 'is too short'), 'x')).toEqual(['a is too short']);
});
