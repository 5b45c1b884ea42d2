import { expect, test } from 'vitest';
import { groupRows } from '../../functions/imports/records/group-rows.ts';
import { recordTarget } from '../../functions/imports/records/record-target.ts';
import { parseRow } from '../../functions/imports/rows/parse-row.ts';
import { schemaOf } from '../../functions/imports/rows/row-schemas.ts';
import { upsertRows } from '../../functions/imports/rows/upsert-rows.ts';
import { importableOrders } from '../../functions/sales/orders/order-importable.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { type Importing, importing } from '../customers/importing.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

const columns = ['number', 'customer.externalId', 'status', 'lines.sku', 'lines.price'];
const rows = [
  ['A-1', 'c-1', 'placed', 'BOX', '450'],
  ['A-1', 'c-1', 'placed', 'MAT', '75'],
  ['A-2', 'c-1', 'placed', 'BOX', '450'],
  ['A-1', 'c-1', 'shipped', '', ''],
  ['A-3', 'c-9', 'placed', 'BOX', '450'],
  ['A-2', 'c-1', 'completed', '', ''],
];
const file = [columns.join(','), ...rows.map(row => row.join(','))].join('\n');
const mapping = Object.fromEntries(columns.map(column => [column, column]));
const fields = { of: 'orders', source: 'shop', mapping, currency: 'SGD' };

/** what a slice does that crashes before its progress is stored, after `some` of its rows */
const dieMidway = async (crm: Importing, id: string, some: number) => {
  await ownTable(crm.awsUrl);
  const now = await crm.now();
  const { store } = ctxOf({ tenant: crm.tenant, actor: 'user:somebody', now });
  const schema = schemaOf('orders');
  const parsed = rows.slice(0, some).map((row, nth) => {
    const cells = columns.map((column, at) => ({ column, value: row[at] }));
    return parseRow({ line: nth + 2, cells }, { schema, mapping, dates: 'dmy', currency: 'SGD' });
  });
  const target = recordTarget(importableOrders, { id, now, since: 2, source: 'shop', dryRun: false, store });
  await upsertRows(groupRows(parsed, true), target);
};

test.each([6, 5, 3, 2])(
  'a slice of which %i rows came in before a crash, done again, does and counts the same',
  async some => {
    const crm = importing(await world());
    const { id: customer } = (await crm.ask('POST /v1/customers', { body: { externalId: 'c-1', givenName: 'Ada' } }))
      .body;
    const { id } = await crm.begin({ file, fields });
    await dieMidway(crm, id, some);
    await crm.start(id);
    await crm.idle();
    const report = await crm.report(id);
    expect(report.rows).toEqual({ read: 6, created: 3, updated: 2, unchanged: 0, failed: 1, withErrors: 0 });
    expect((await crm.errorsOf(report)).map(({ line, column }) => [line, column])).toEqual([
      [6, 'customer.externalId'],
    ]);
    const { items } = (await crm.ask('GET /v1/orders', {})).body;
    expect(items.map(({ number, status }: Record<string, string>) => [number, status])).toEqual([
      ['A-2', 'completed'],
      ['A-1', 'shipped'],
    ]);
    expect((await crm.timeline(customer)).map(({ type }) => type).sort()).toEqual([
      'customer.created',
      'order.changed',
      'order.completed',
      'order.created',
      'order.created',
    ]);
  },
);

test('two imports of one file at a time make every order once', async () => {
  const crm = importing(await world());
  await crm.ask('POST /v1/customers', { body: { externalId: 'c-1', givenName: 'Ada' } });
  const many = Array.from({ length: 60 }, (_, nth) => `N-${nth},c-1,placed,BOX,450`);
  const begun = await Promise.all(
    [1, 2].map(() => crm.begin({ file: [columns.join(','), ...many].join('\n'), fields })),
  );
  await Promise.all(begun.map(({ id }) => crm.start(id)));
  await crm.idle(60_000);
  const reports = await Promise.all(begun.map(({ id }) => crm.report(id)));
  expect(reports.map(({ rows }) => [rows.read, rows.failed])).toEqual([
    [60, 0],
    [60, 0],
  ]);
  expect(reports.reduce((sum, { rows }) => sum + rows.created, 0)).toBe(60);
  expect((await crm.ask('GET /v1/orders', { query: { limit: 100 } })).body.items).toHaveLength(60);
});
