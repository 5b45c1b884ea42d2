import { beforeAll, expect, test } from 'vitest';
import { type Importing, importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const types = {
  flag: 'boolean',
  day: 'date',
  at: 'instant',
  size: 'number',
  seats: 'integer',
  tags: 'list',
  paid: 'money',
};
const paths = Object.keys(types);

let crm: Importing;
beforeAll(async () => {
  crm = importing(await world());
  for (const [name, type] of Object.entries(types))
    await crm.ask('PUT /v1/attributes/{name}', { params: { name }, body: { type, purpose: 'service' } });
});

const mapping = { no: 'externalId', ...Object.fromEntries(paths.map(name => [name, `attributes.${name}`])) };

let nth = 0;

/** a row of a file with these attributes: what is stored of it, and the columns with errors */
const stored = async (values: Record<string, unknown>, fields: Record<string, unknown> = {}) => {
  const no = `v${nth++}`;
  const file = JSON.stringify({ no, ...values });
  const report = await crm.bringIn({ file, fields: { format: 'ndjson', mapping, ...fields } });
  const errors = report.errorsUrl ? await crm.errorsOf(report) : [];
  const { body } = await crm.ask('GET /v1/customers', { query: { externalId: no } });
  return { attributes: body.items[0]?.attributes ?? {}, columns: errors.map(({ column }) => column) };
};

test('declared attributes are read from a file as people write them', async () => {
  const { attributes, columns } = await stored({
    flag: 'ja',
    day: '12.05.2024',
    at: '31/12/2024 9:05',
    size: '1.234,56',
    seats: '1,234',
    tags: 'a|b; c',
    paid: '1.234,56 EUR',
  });
  expect(columns).toEqual([]);
  expect(attributes).toEqual({
    flag: true,
    day: '2024-05-12',
    at: '2024-12-31T09:05:00.000Z',
    size: 1234.56,
    seats: 1234,
    tags: ['a', 'b', 'c'],
    paid: { amount: 123_456, currency: 'EUR' },
  });
  expect((await stored({ flag: 'Nein', day: '05/12/2024', size: '-3.5' }, { dates: 'mdy' })).attributes).toEqual({
    flag: false,
    day: '2024-05-12',
    size: -3.5,
  });
});

test('each value of a file is stored or reported', async () => {
  const written = ['ja', '1,234', '1.234', '12.05.2024', 'maybe', 'a|b', '1.234,56 EUR', { a: 1 }, ['x'], true, 7, 1.5];
  for (const value of written) {
    const { attributes, columns } = await stored(Object.fromEntries(paths.map(path => [path, value])));
    expect([...Object.keys(attributes), ...columns].sort(), JSON.stringify(value)).toEqual([...paths].sort());
  }
  const whole = { no: 'externalId', who: 'name', 'who.age': 'attributes.age' };
  const { attributes, columns } = await stored({ who: { age: 7 } }, { mapping: whole });
  expect([attributes, columns]).toEqual([{ age: 7 }, ['who']]);
});

test('an ambiguous number is refused, and the API takes values in their JSON form only', async () => {
  expect((await stored({ size: '1,234', seats: '1.234' })).columns.sort()).toEqual(['seats', 'size']);
  const body = { externalId: 'json', attributes: { flag: 'ja', day: '12.05.2024', size: '1.234,56' } };
  const { status, body: problem } = await crm.ask('POST /v1/customers', { body });
  expect([status, problem.errors.map(({ path }: { path: string }) => path).sort()]).toEqual([
    422,
    ['attributes.day', 'attributes.flag', 'attributes.size'],
  ]);
});
