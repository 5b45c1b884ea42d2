import { describe, expect, test } from 'vitest';
import { delimiterOf, encodingOf, readable, textOf } from '../../functions/imports/file/encoding.ts';
import { inspectFile } from '../../functions/imports/file/inspect-file.ts';
import { mostRowBytes, readCsv } from '../../functions/imports/file/read-csv.ts';
import { mostFileBytes } from '../../functions/imports/import.ts';
import { parseRow } from '../../functions/imports/rows/parse-row.ts';
import { schemaOf } from '../../functions/imports/rows/row-schemas.ts';
import { suggest } from '../../functions/imports/rows/suggest.ts';
import { dateOf } from '../../functions/shared/time/parse-date.ts';

const read = (text: string | Buffer, more: Partial<Parameters<typeof readCsv>[1]> = {}) => {
  const how = { delimiter: ',', most: 1000, last: true, line: 1, ...more };
  const { rows, bytes, lines } = readCsv(Buffer.from(text as string), how);
  return {
    rows: rows.map(({ line, cells, fault }) => [line, cells.map(String), ...(fault ? [fault] : [])]),
    bytes,
    lines,
  };
};

describe('CSV', () => {
  test('is read as RFC 4180 says: quotes, doubled quotes, delimiters and line ends within them', () => {
    const { rows, bytes, lines } = read('a,"b ""x"", c",\r\n"two\nlines",d,""\r\n\r\nlast,,e');
    expect(rows).toEqual([
      [1, ['a', 'b "x", c', '']],
      [2, ['two\nlines', 'd', '']],
      [5, ['last', '', 'e']],
    ]);
    expect([bytes, lines]).toEqual([44, 5]);
  });

  test('can be read in pieces of any size, with the same rows, bytes and lines', () => {
    const text = 'id,name\n1,"Tan, Ada"\n2,"multi\nline"\n3,Zoë\n';
    const whole = read(text);
    for (let size = 12; size < text.length; size++) {
      const bytes = Buffer.from(text);
      const rows: unknown[] = [];
      let [at, line] = [0, 1];
      for (let end = size; at < bytes.length; end += size) {
        const piece = readCsv(bytes.subarray(at, Math.min(end, bytes.length)), {
          delimiter: ',',
          most: 2,
          last: end >= bytes.length,
          line,
        });
        rows.push(...piece.rows.map(({ line: nth, cells }) => [nth, cells.map(String)]));
        at += piece.bytes;
        line += piece.lines;
      }
      expect(rows).toEqual(whole.rows);
    }
  });

  test('that is broken costs the broken line and nothing else', () => {
    const { rows } = read('1,ok\n2,"never closed\n3,ok\n4,"x"y,z\n5,ok');
    expect(rows).toEqual([
      [1, ['1', 'ok']],
      [2, ['2,"never closed'], 'a quotation that begins here does not end'],
      [3, ['3', 'ok']],
      [4, ['4', 'x', 'z'], 'there is text after a closing quotation mark'],
      [5, ['5', 'ok']],
    ]);
  });

  test('with a quotation longer than a megabyte goes on at the next line', () => {
    const { rows } = read(`1,ok\n2,"${'x\n'.repeat(mostRowBytes / 2)}"\n3,ok`, { most: mostRowBytes });
    expect(rows[1]).toEqual([2, ['2,"x'], 'the row is longer than a megabyte: is a quotation mark missing?']);
    expect(rows.at(-1)).toEqual([mostRowBytes / 2 + 3, ['3', 'ok']]);
  });
});

test('the encoding of a file is seen in its first bytes', () => {
  const accented = (encoding: BufferEncoding) => Buffer.from('name\nZoë', encoding);
  expect(encodingOf(accented('utf8'), false).encoding).toBe('utf-8');
  expect(encodingOf(accented('utf8').subarray(0, 8), true).encoding).toBe('utf-8'); // cut within the ë
  expect(encodingOf(accented('latin1'), false)).toEqual({ encoding: 'windows-1252', mark: 0 });
  expect(textOf(Buffer.from('Zoë', 'latin1'))).toBe('Zoë');
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), accented('utf16le')]);
  expect(encodingOf(wide, false)).toEqual({ encoding: 'utf-16le', mark: 2 });
  const { bytes, taken } = readable(wide.subarray(2), 'utf-16le');
  expect([bytes.toString(), taken(bytes.length), taken(5)]).toEqual(['name\nZoë', 16, 10]);
  expect(delimiterOf(Buffer.from('"a,b";c;d\n1,2;3;4')).delimiter).toBe(';');
});

test.each([
  ['2024-01-31', '2024-01-31'],
  ['19081209', '1908-12-09'],
  ['31/01/2024', '2024-01-31'],
  ['1.2.2024', '2024-02-01'],
  ['01/31/2024', '2024-01-31'],
  ['2024-02-30', undefined],
  ['20241345', undefined],
  ['yesterday', undefined],
])('the date %s is %s', (given, stored) => expect(dateOf(given, 'dmy')).toBe(stored));

test('where both readings are dates, the given order decides', () => {
  expect([dateOf('03/04/2024', 'dmy'), dateOf('03/04/2024', 'mdy')]).toEqual(['2024-04-03', '2024-03-04']);
});

test('columns are recognised by their names, else by their values', () => {
  const found = suggest(
    ['rec_id', 'Given Name', 'Nachname', 'E-Mail', 'Mobile', 'soc_sec_id', 'contact', 'colour', 'attributes.vip'],
    ['1', '2', '3'].map(n => ({ contact: `a${n}@example.com`, colour: 'red' })),
    schemaOf('customers'),
  );
  expect(found.map(({ path, confidence }) => [path, confidence])).toEqual([
    ['externalId', 0.95],
    ['givenName', 0.95],
    ['familyName', 0.95],
    ['email', 0.95],
    ['phone', 0.95],
    ['identifiers.national', 0.95],
    ['email', 0.7],
    ['attributes.colour', 0.5],
    ['attributes.vip', 1],
  ]);
});

test('a row becomes a profile: joined columns, countries by name, what is wrong named by its column', () => {
  const cells = Object.entries({
    no: '12',
    street: 'Marina Way',
    land: 'Singapur',
    born: '31.02.1990',
    vip: '',
    x: 'y',
  });
  const { values, errors } = parseRow(
    { line: 2, cells: cells.map(([column, value]) => ({ column, value })) },
    {
      schema: schemaOf('customers'),
      mapping: {
        no: 'address.line1',
        street: 'address.line1',
        land: 'address.country',
        born: 'dateOfBirth',
        vip: 'attributes.vip',
      },
      dates: 'dmy',
    },
  );
  expect(values).toEqual({ address: { line1: '12 Marina Way', country: 'SG' } });
  expect(errors).toEqual([{ line: 2, column: 'born', value: '31.02.1990', message: 'is not a date' }]);
});

test('a file larger than a gigabyte is refused before anything of it is read', async () => {
  const files = { look: async () => ({ size: mostFileBytes + 1, etag: '"1"' }) };
  await expect(inspectFile(files as never, 'imp_1', 'csv')).rejects.toMatchObject({
    status: 413,
    code: 'import.too-large',
  });
});
