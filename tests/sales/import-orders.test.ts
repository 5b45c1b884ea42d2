import { beforeAll, describe, expect, test } from 'vitest';
import { type Importing, importing, type Report } from '../customers/importing.ts';
import { world } from '../world.ts';

const mapping = {
  no: 'number',
  cust: 'customer.externalId',
  mail: 'customer.email',
  tel: 'customer.phone',
  date: 'placedAt',
  state: 'status',
  sku: 'lines.sku',
  item: 'lines.name',
  qty: 'lines.quantity',
  price: 'lines.price',
  total: 'total',
};
const header = 'no,cust,mail,tel,date,state,sku,item,qty,price,total';
const fields = { of: 'orders', source: 'shop', mapping, currency: 'SGD', country: 'SG' };

const fileOf = (...rows: string[]) => [header, ...rows].join('\n');

const ordersOf = async (crm: Importing): Promise<Report[]> =>
  (await crm.ask('GET /v1/orders', { query: { limit: 100 } })).body.items;

/** a company with three customers */
const shop = async () => {
  const crm = importing(await world());
  const make = async (body: object) => (await crm.ask('POST /v1/customers', { body })).body.id as string;
  const ada = await make({ externalId: 'c-1', givenName: 'Ada', email: 'ada@example.com' });
  const ben = await make({ externalId: 'c-2', givenName: 'Ben', email: 'ben@example.com', phone: '+6561234567' });
  const cy = await make({ givenName: 'Cy', phone: '+6561234568' });
  return { ...crm, ada, ben, cy };
};

test('rows of a file become orders of the customers they name, each on the timeline at its own date', async () => {
  const crm = await shop();
  const file = fileOf(
    'A-1,c-1,,,2024-03-01,completed,VOLT-7,Auto Volt 7,1,"129,900.00",129900',
    'A-2,,BEN@example.com,,31/12/2024 14:05,shipped,TYRE,Tyre,4,199.5,',
    'A-3,,,6123 4568,,,BOX,Roof box,,450,',
  );
  const report = await crm.bringIn({ file, fields });
  expect(report).toMatchObject({
    of: 'orders',
    state: 'done',
    rows: { read: 3, created: 3, updated: 0, unchanged: 0, failed: 0, withErrors: 0 },
    errorsUrl: null,
    duplicates: null,
  });
  expect((await ordersOf(crm)).sort((a, b) => (a.number < b.number ? -1 : 1))).toMatchObject([
    {
      number: 'A-1',
      customerId: crm.ada,
      status: 'completed',
      placedAt: '2024-03-01T00:00:00.000Z',
      total: { amount: 12_990_000, currency: 'SGD' },
      lines: [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price: { amount: 12_990_000, currency: 'SGD' } }],
    },
    {
      number: 'A-2',
      customerId: crm.ben,
      status: 'shipped',
      placedAt: '2024-12-31T14:05:00.000Z',
      total: { amount: 79_800, currency: 'SGD' },
    },
    { number: 'A-3', customerId: crm.cy, status: 'placed', lines: [{ quantity: 1 }] },
  ]);
  expect((await crm.timeline(crm.ada)).map(({ type, occurredAt }) => [type, occurredAt.slice(0, 10)])).toEqual([
    ['customer.created', (await crm.now()).slice(0, 10)],
    ['order.completed', '2024-03-01'],
    ['order.created', '2024-03-01'],
  ]);
  const view = (await crm.ask('GET /v1/customers/{id}/view', { params: { id: crm.ada } })).body;
  expect(view.orders).toMatchObject([{ number: 'A-1', placedAt: '2024-03-01T00:00:00.000Z' }]);
});

test('an order may be older than computers count, and its customer have merged since', async () => {
  const crm = await shop();
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: crm.ada }, body: { from: crm.ben } });
  await crm.idle();
  await crm.bringIn({ file: fileOf('A-1,c-2,,,1900-01-01,,BOX,,1,450,'), fields });
  const [order] = await ordersOf(crm);
  expect(order).toMatchObject({ customerId: crm.ada, placedAt: '1900-01-01T00:00:00.000Z' });
  expect((await crm.ask('GET /v1/orders/{id}', { params: { id: order?.id } })).status).toBe(200);
});

test('rows that follow each other and name one order are its lines', async () => {
  const crm = await shop();
  const file = fileOf(
    'A-1,c-1,,,2026-01-05,,VOLT-7,Auto Volt 7,1,129900,',
    'A-1,c-1,,,2026-01-05,,MAT,Mats,2,75,',
    'A-2,c-2,,,2026-01-06,,BOX,Roof box,1,450,',
  );
  expect((await crm.bringIn({ file, fields })).rows).toMatchObject({ read: 3, created: 3 });
  const found = await ordersOf(crm);
  expect(found.map(({ number, lines, total }) => [number, lines.length, total.amount])).toEqual([
    ['A-2', 1, 45_000],
    ['A-1', 2, 13_005_000],
  ]);
});

test('the same file again changes nothing, whatever happened since; a changed row changes the status and no more', async () => {
  const crm = await shop();
  const rows = ['A-1,c-1,,,2024-03-01,placed,VOLT-7,,1,100,', 'A-2,c-2,,,2024-03-02,placed,BOX,,1,450,'];
  await crm.bringIn({ file: fileOf(...rows), fields });
  const again = await crm.bringIn({ file: fileOf(...rows), fields });
  expect(again.rows).toMatchObject({ read: 2, created: 0, updated: 0, unchanged: 2, failed: 0 });
  const [, first] = await ordersOf(crm);
  await crm.ask('PATCH /v1/orders/{id}', { params: { id: first?.id }, body: { status: 'completed' } });
  expect((await crm.bringIn({ file: fileOf(...rows), fields })).rows).toMatchObject({ unchanged: 2, withErrors: 0 });
  const changed = rows.map(row => row.replace('placed', 'shipped').replace('450', '500'));
  const report = await crm.bringIn({ file: fileOf(...changed), fields });
  expect(report.rows).toMatchObject({ updated: 1, unchanged: 1, withErrors: 2, failed: 0 });
  expect(await crm.errorsOf(report)).toEqual([
    { line: 2, column: 'state', value: 'shipped', message: 'The order is completed and cannot change.' },
    { line: 3, column: 'sku', value: 'BOX', message: 'cannot change after the order is recorded' },
  ]);
  expect((await ordersOf(crm)).map(({ number, status, version }) => [number, status, version])).toEqual([
    ['A-2', 'shipped', 2],
    ['A-1', 'completed', 2],
  ]);
});

test('what cannot be an order fails by line and column, a whole order at a time, and a dry run says the same', async () => {
  const crm = await shop();
  await crm.ask('POST /v1/customers', { body: { givenName: 'Di', phone: '+6561234567' } });
  const file = fileOf(
    'A-1,c-9,,,,,BOX,,1,450,',
    'A-2,,,6123 4567,,,BOX,,1,450,',
    'A-3,,,,,,BOX,,1,450,',
    ',c-1,,,,,BOX,,1,450,',
    'A-4,c-1,,,,lost,BOX,,1,450,',
    'A-5,c-1,,,,,BOX,,1,450,',
    'A-5,c-1,,,,,MAT,,x,75,',
    'A-6,c-1,,,,,BOX,,1,450,',
    'A-6,c-2,,,,,MAT,,1,75,',
    'A-7,c-1,,,2999-01-01,,BOX,,1,450,',
    'A-8,c-1,,,,,,Box,1,450,',
    'A-9,c-1,,,,,BOX,,1,"1,2,3",',
    'A-10,c-9,ada@example.com,,,,BOX,,1,450,',
    `A-11,${'c'.repeat(3000)},,,,,BOX,,1,450,`,
    `${'9'.repeat(3000)},c-1,,,,,BOX,,1,450,`,
  );
  const dry = await crm.bringIn({ file, fields: { ...fields, dryRun: true } });
  expect(await ordersOf(crm)).toEqual([]);
  const report = await crm.bringIn({ file, fields });
  expect(report.rows).toEqual({ read: 15, created: 0, updated: 0, unchanged: 0, failed: 15, withErrors: 0 });
  const errors = await crm.errorsOf(report);
  expect(errors.map(({ line, column, message }) => [line, column, message])).toEqual([
    [2, 'cust', 'matches no customer'],
    [3, 'tel', 'matches several customers: use an id or e-mail address'],
    [4, null, 'the row has no customer'],
    [5, null, 'has no number, which identifies the rows'],
    [6, 'state', expect.stringContaining('must be one of placed')],
    [7, null, 'line 8 of the same record cannot be used'],
    [8, 'qty', 'is not a whole number'],
    [9, null, 'line 10 of the same record cannot be used'],
    [10, 'cust', 'differs from line 9 of the same order'],
    [11, 'date', 'is in the future'],
    [12, null, 'the row has no lines.sku'],
    [13, 'price', 'is not an amount in SGD'],
    [14, 'cust', 'matches no customer'],
    [15, 'cust', 'has more than 256 characters'],
    [16, 'no', 'has more than 256 characters'],
  ]);
  expect(dry.rows).toEqual(report.rows);
  expect(await crm.errorsOf(dry)).toEqual(errors);
});

test('a dry run tells what the import does, over many slices, and writes nothing', async () => {
  const crm = await shop();
  const rows = Array.from({ length: 63 }, (_, nth) => {
    const [order, line] = [Math.floor(nth / 7), nth % 7];
    return `N-${order},c-1,,,2024-03-01,,S-${line},,1,10,`;
  });
  const file = fileOf(...rows, 'N-3,c-1,,,2024-03-01,shipped,,,,,');
  const dry = await crm.bringIn({ file, fields: { ...fields, dryRun: true } });
  expect(await ordersOf(crm)).toEqual([]);
  const real = await crm.bringIn({ file, fields });
  expect(real.rows).toEqual({ read: 64, created: 63, updated: 1, unchanged: 0, failed: 0, withErrors: 0 });
  expect(dry.rows).toEqual(real.rows);
  const found = await ordersOf(crm);
  expect([...new Set(found.map(({ lines }) => lines.length))]).toEqual([7]);
  expect((await crm.bringIn({ file, fields })).rows).toMatchObject({ unchanged: 64, updated: 0, failed: 0 });
});

test('an order of more lines than one may have fails whole, also where it goes on beyond what is read at a time', async () => {
  const crm = await shop();
  const many = (number: string, count: number) =>
    Array.from({ length: count }, (_, nth) => `${number},c-1,,,,,S-${nth},,1,10,`);
  const file = fileOf('A-1,c-1,,,,,BOX,,1,450,', ...many('A-2', 9), ...many('A-3', 35), 'A-4,c-1,,,,,BOX,,1,450,');
  const report = await crm.bringIn({ file, fields });
  expect(report.rows).toMatchObject({ read: 46, created: 2, failed: 44 });
  expect((await ordersOf(crm)).map(({ number }) => number)).toEqual(['A-4', 'A-1']);
  const price = { amount: 1000, currency: 'SGD' };
  const lines = Array.from({ length: 201 }, (_, nth) => ({ sku: `S-${nth}`, name: 'x', quantity: 1, price }));
  const whole = JSON.stringify({ number: 'A-5', customer: { externalId: 'c-1' }, lines });
  const listed = await crm.bringIn({ file: whole, fields: { of: 'orders', format: 'ndjson', source: 'shop' } });
  expect(listed.rows).toMatchObject({ read: 1, created: 0, failed: 1 });
  expect((await crm.errorsOf(listed))[0]).toMatchObject({ column: 'lines' });
});

describe('an import of orders', () => {
  let crm: Awaited<ReturnType<typeof shop>>;
  beforeAll(async () => {
    crm = await shop();
  });

  test('suggests where columns lead and previews what it would read', async () => {
    const file =
      'Order Number;Customer No.;Order Date;SKU;Qty;Unit Price;Total;Colour\nP-1;c-1;2024-03-01;BOX;2;450,00;900,00;red\n';
    const { id } = await crm.begin({ file, fields: { of: 'orders', currency: 'EUR' } });
    const { body } = await crm.ask('GET /v1/imports/{id}/preview', { params: { id } });
    expect(body.suggestions.map(({ column, path }: Report) => [column, path])).toEqual([
      ['Order Number', 'number'],
      ['Customer No.', 'customer.externalId'],
      ['Order Date', 'placedAt'],
      ['SKU', 'lines.sku'],
      ['Qty', 'lines.quantity'],
      ['Unit Price', 'lines.price'],
      ['Total', 'total'],
    ]);
    expect(body.rows).toMatchObject([
      { profile: { number: 'P-1', total: { amount: 90_000, currency: 'EUR' }, 'lines.quantity': 2 }, errors: [] },
    ]);
    await crm.start(id);
    await crm.idle();
    expect((await crm.report(id)).rows).toMatchObject({ created: 1, failed: 0 });
  });

  test('takes orders as the API tells them, in NDJSON', async () => {
    const price = { amount: 45_000, currency: 'SGD' };
    const lines = [{ sku: 'BOX', name: 'Roof box', quantity: 2, price }];
    const order = { number: 'J-1', customerId: crm.ada, lines, total: { amount: 90_000, currency: 'SGD' } };
    const bad = { ...order, number: 'J-2', lines: [{ sku: 'BOX', quantity: 0, price }] };
    const file = [order, bad].map(one => JSON.stringify(one)).join('\n');
    const report = await crm.bringIn({ file, fields: { of: 'orders', format: 'ndjson' } });
    expect(report.rows).toMatchObject({ read: 2, created: 1, failed: 1 });
    expect((await crm.errorsOf(report)).map(({ line, column }) => [line, column])).toEqual([
      [2, 'lines'],
      [2, 'lines'],
    ]);
  });

  test('is refused where it is read as what it is not', async () => {
    const refused = async (body: object) =>
      (await crm.ask('POST /v1/imports', { body: { source: 'x', format: 'csv', ...body } })).body.errors;
    expect(await refused({ of: 'orders', mapping: { a: 'givenName' }, upsertBy: 'email' })).toEqual([
      { path: 'mapping.a', message: expect.stringContaining('is not a field of orders; the fields are number, ') },
      { path: 'upsertBy', message: 'applies to customers only: orders are identified by number' },
    ]);
    expect(await refused({ of: 'orders', mapping: { a: 'number', b: 'total', c: 'total' } })).toEqual([
      { path: 'mapping.c', message: 'is a second column of total' },
    ]);
    expect(await refused({ of: 'orders', format: 'rapport' })).toEqual([
      { path: 'of', message: 'does not apply to a copy, which is restored unchanged' },
    ]);
    expect(await refused({ currency: 'SGD' })).toMatchObject([{ path: 'currency' }]);
    expect(await refused({ of: 'invoices' })).toMatchObject([{ path: 'of' }]);
    const without = await crm.begin({ file: 'sku\nBOX\n', fields: { of: 'orders' } });
    expect((await crm.start(without.id)).body.errors).toEqual([
      { path: 'mapping', message: 'no column is mapped to number, which identifies the rows' },
    ]);
    const bare = await crm.begin({ file: 'number,customerId\n1,x\n', fields: { of: 'orders' } });
    expect((await crm.start(bare.id)).body.errors).toMatchObject([{ path: 'mapping' }]);
  });

  test('needs the right to write orders, and shows its rows to users who may read them', async () => {
    const token = await crm.tokenFor(['marketer']);
    const body = { of: 'orders', source: 'x', format: 'csv' };
    expect(await crm.ask('POST /v1/imports', { body, token })).toMatchObject({
      status: 403,
      body: { code: 'scope.missing' },
    });
    const nightly = { name: 'n', import: { of: 'orders', source: 'x', format: 'csv' }, every: 'P1D' };
    expect((await crm.ask('POST /v1/import-schedules', { body: nightly, token })).status).toBe(403);
    const { id } = await crm.begin({ file: fileOf('Z-1,c-9,,,,,BOX,,1,450,'), fields });
    const params = { id };
    expect((await crm.ask('GET /v1/imports/{id}/preview', { params, token })).status).toBe(403);
    expect((await crm.ask('POST /v1/imports/{id}/start', { params, token })).status).toBe(403);
    await crm.start(id);
    await crm.idle();
    expect((await crm.report(id)).errorsUrl).toBeTypeOf('string');
    expect((await crm.ask('GET /v1/imports/{id}', { params, token })).body.errorsUrl).toBeNull();
  });

  test('comes in again and again by schedule', async () => {
    const nightly = { name: 'shop', import: { ...fields, format: 'csv' }, every: 'P1D' };
    const wrong = { ...nightly, import: { ...nightly.import, mapping: { a: 'email' } } };
    expect((await crm.ask('POST /v1/import-schedules', { body: wrong })).body.errors).toMatchObject([
      { path: 'import.mapping.a' },
    ]);
    const { id, uploadUrl } = (await crm.ask('POST /v1/import-schedules', { body: nightly })).body;
    await fetch(uploadUrl, { method: 'PUT', body: fileOf('S-1,c-1,,,2024-05-01,,BOX,,1,450,') });
    const { body } = await crm.ask('POST /v1/import-schedules/{id}/run', { params: { id } });
    await crm.idle();
    expect((await crm.report(body.lastRun.importId)).rows).toMatchObject({ read: 1, created: 1 });
  });
});
