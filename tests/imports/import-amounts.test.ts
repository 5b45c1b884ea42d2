import { describe, expect, test } from 'vitest';
import { Currency, decimalsOf } from '../../events/money.ts';
import { parseAmount } from '../../functions/customers/attributes/written-values.ts';
import { groupRows } from '../../functions/imports/records/group-rows.ts';
import type { ParsedRow } from '../../functions/imports/rows/parse-row.ts';
import { instantOf } from '../../functions/shared/time/parse-date.ts';

const amount = (text: unknown, currency?: string) => {
  const parsed = parseAmount(text, currency);
  return 'fault' in parsed ? parsed.fault : `${parsed.value.amount} ${parsed.value.currency}`;
};

describe('an amount', () => {
  test.each([
    ['129900', 'SGD', '12990000 SGD'],
    [1299.5, 'SGD', '129950 SGD'],
    ['1,299.50', 'SGD', '129950 SGD'],
    ['1.299,50', 'EUR', '129950 EUR'],
    ["1'299.5", 'CHF', '129950 CHF'],
    ['1 299,50', 'EUR', '129950 EUR'],
    ['1,299', 'SGD', '129900 SGD'],
    ['1.299.000', 'EUR', '129900000 EUR'],
    ['EUR 0,05', 'SGD', '5 EUR'],
    ['1299 jpy', undefined, '1299 JPY'],
    ['1.299', 'KWD', '1299 KWD'],
    ['0', 'SGD', '0 SGD'],
    ['19.99', 'SGD', '1999 SGD'],
    ['450.0000', 'SGD', '45000 SGD'],
    ['450.000', 'KWD', '450000 KWD'],
    ['1,234', 'HUF', '123400 HUF'],
    ['100.50', 'COP', '10050 COP'],
    ['100.00', 'IDR', '10000 IDR'],
    ['1,5', 'CLF', '15000 CLF'],
    ['1,234.567', 'KWD', '1234567 KWD'],
    ['1,234', 'JPY', '1234 JPY'],
  ])('%s of a file in %s is %s', (text, currency, stored) => expect(amount(text, currency)).toBe(stored));

  test.each([
    '1.299,5.0',
    '1,2,3',
    '12.3456',
    '-5',
    'free',
    '1.',
    '.5',
    '1.2.3,4',
    '1e3',
    '99999999999999',
    '100 20',
    '1 2 3',
  ])('%s is not an amount', text => expect(amount(text, 'SGD')).toBe('is not an amount in SGD'));

  test('that databases and people read differently is ambiguous', () => {
    expect(amount('450.000', 'SGD')).toMatch(/^is ambiguous/);
    expect(amount('1,234', 'KWD')).toMatch(/^is ambiguous/);
    expect(amount(450.125, 'SGD')).toBe('is not an amount in SGD');
  });

  test('has a currency, by itself or of its row or file', () => {
    expect(amount('5')).toMatch(/^has no currency/);
    expect(amount('5', 'S$')).toMatch(/^has no currency/);
    expect(amount('5', 'ZZZ')).toMatch(/^has no currency/);
  });
});

test('an instant is a date, with or without a time of day, in UTC unless it says otherwise', () => {
  expect(instantOf('2024-03-01', 'dmy')).toBe('2024-03-01T00:00:00.000Z');
  expect(instantOf('01/03/2024 9:05', 'dmy')).toBe('2024-03-01T09:05:00.000Z');
  expect(instantOf('03/01/2024', 'mdy')).toBe('2024-03-01T00:00:00.000Z');
  expect(instantOf('2024-03-01T09:00:00.123+0800', 'dmy')).toBe('2024-03-01T01:00:00.000Z');
  expect(instantOf('2024-03-01 09:00:00Z', 'dmy')).toBe('2024-03-01T09:00:00.000Z');
  expect(instantOf('2024-02-31', 'dmy')).toBeUndefined();
  expect(instantOf('2024-03-01 25:00', 'dmy')).toBeUndefined();
  expect(instantOf('soon', 'dmy')).toBeUndefined();
});

test('rows that follow each other are one record, with what cannot be read between them', () => {
  const row = (line: number, key?: string) => ({ line, key }) as ParsedRow;
  const rows = [row(2), row(3, 'a'), row(4), row(5, 'a'), row(6), row(7, 'b'), row(8, 'a'), row(9)];
  const shapeOf = (joins: boolean) =>
    groupRows(rows, joins).map(({ key, rows }) => [key, rows.map(({ line }) => line)]);
  expect(shapeOf(true)).toEqual([
    [undefined, [2]],
    ['a', [3, 4, 5]],
    [undefined, [6]],
    ['b', [7]],
    ['a', [8]],
    [undefined, [9]],
  ]);
  expect(shapeOf(false)).toHaveLength(8);
});

test('a currency is one of ISO 4217, with its minor units', () => {
  for (const code of Intl.supportedValuesOf('currency').filter(code => !/^X(?:DR|SU)$/.test(code)))
    expect(Currency.safeParse(code).success, code).toBe(true);
  for (const code of ['ZZZ', 'XXX', 'BTC']) expect(Currency.safeParse(code).success, code).toBe(false);
  const decimals = { JPY: 0, ISK: 0, HUF: 2, IDR: 2, COP: 2, LAK: 2, SGD: 2, KWD: 3, IQD: 3, CLF: 4 };
  for (const [code, count] of Object.entries(decimals)) expect([code, decimalsOf(code)]).toEqual([code, count]);
});
