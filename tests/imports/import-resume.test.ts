import { expect, test } from 'vitest';
import { customerTarget } from '../../functions/imports/customers/customer-target.ts';
import { groupRows } from '../../functions/imports/records/group-rows.ts';
import { parseRow } from '../../functions/imports/rows/parse-row.ts';
import { schemaOf } from '../../functions/imports/rows/row-schemas.ts';
import { upsertRows } from '../../functions/imports/rows/upsert-rows.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { type Importing, importing } from '../customers/importing.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

const mapping = { no: 'externalId', first: 'givenName', mail: 'email', tel: 'phone' };
const fields = { mapping, country: 'SG' };

const rows = [
  ['1', 'Ada', 'ada@example.com', '61234567'],
  ['', 'Ben', '', '61234568'],
  ['1', '', 'ada.tan@example.com', ''],
  ['4', 'Cy', 'cy@example.com', ''],
  ['5', 'Di', 'cy@example.com', 'n/a'],
  ['5', 'Di', '', ''],
];
const file = ['no,first,mail,tel', ...rows.map(row => row.join(','))].join('\n');
const counted = { read: 6, created: 4, updated: 1, unchanged: 1, failed: 0, withErrors: 1 };

/** what a slice does that crashes before its progress is stored, after `some` of its rows */
const dieMidway = async (crm: Importing, id: string, some = rows.length) => {
  await ownTable(crm.awsUrl);
  const now = await crm.now();
  const { store } = ctxOf({ tenant: crm.tenant, actor: 'user:abe', now });
  const schema = schemaOf('customers');
  const parsed = rows.slice(0, some).map((row, nth) => {
    const cells = ['no', 'first', 'mail', 'tel'].map((column, at) => ({ column, value: row[at] }));
    return parseRow({ line: nth + 2, cells }, { schema, mapping, country: 'SG', dates: 'dmy' });
  });
  const target = await customerTarget({ id, now, since: 2, source: 'sales list', country: 'SG', dryRun: false, store });
  await upsertRows(groupRows(parsed, false), target);
};

test.each([6, 3, 1])(
  'a slice of which %i rows came in before a crash, done again, does and counts the same',
  async some => {
    const crm = importing(await world());
    const { id } = await crm.begin({ file, fields });
    await dieMidway(crm, id, some);
    await crm.start(id);
    await crm.idle();
    const report = await crm.report(id);
    expect(report.rows).toEqual(counted);
    expect((await crm.errorsOf(report)).map(({ line, column }) => [line, column])).toEqual([
      [6, 'tel'],
      [6, 'mail'],
    ]);
    const found = await crm.customers();
    expect(found.map(({ givenName, email, version }) => [givenName, email, version])).toEqual([
      ['Ada', 'ada.tan@example.com', 2],
      ['Ben', undefined, 1],
      ['Cy', 'cy@example.com', 1],
      ['Di', undefined, 1],
    ]);
    expect((await crm.timeline(found[0].id)).map(({ type }) => type).sort()).toEqual([
      'customer.address-changed',
      'customer.created',
      'customer.updated',
    ]);
  },
);

test('a slice that is delivered twice, or later again, is done once', async () => {
  const crm = importing(await world());
  const { id } = await crm.begin({ file, fields });
  await crm.start(id);
  const { body } = await crm.ask('GET /v1/jobs/{id}', { params: { id } });
  const detail = {
    id: 'evt_01jd5e7k3m9q2r4t6v8w0x1y2z',
    occurredAt: await crm.now(),
    customerId: null,
    actor: body.by,
    about: id,
    data: { kind: 'import', slice: 0 },
  };
  await Promise.all([1, 2, 3].map(() => crm.put('job.continued', detail, 'rapport.customers')));
  await crm.idle();
  await crm.put('job.continued', detail, 'rapport.customers');
  await crm.idle();
  expect((await crm.report(id)).rows).toEqual(counted);
  expect((await crm.customers()).map(({ version }) => version)).toEqual([2, 1, 1, 1]);
});

test('a customer that is merged or changed between a crash and the repeated slice stays so', async () => {
  const crm = importing(await world());
  const { id } = await crm.begin({ file, fields });
  await dieMidway(crm, id);
  const [ada, ben, cy] = await crm.customers();
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: cy.id }, body: { from: ben.id } });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { givenName: 'Adah' } });
  await crm.start(id);
  await crm.idle();
  expect((await crm.report(id)).rows).toEqual({ ...counted, created: 3, unchanged: 2 });
  expect((await crm.customers()).map(({ givenName }) => givenName)).toEqual(['Adah', 'Cy', 'Di']);
  const again = await crm.bringIn({ file, fields });
  expect(again.rows).toMatchObject({ created: 0, updated: 2, unchanged: 4, failed: 0 });
});

test('an import fails, with the reason, when its file is replaced while it is read', async () => {
  const crm = importing(await world());
  const many = ['no,first', ...Array.from({ length: 90 }, (_, nth) => `${nth},P${nth}`)].join('\n');
  const { id, uploadUrl } = await crm.begin({
    file: many,
    fields: { mapping: { no: 'externalId', first: 'givenName' } },
  });
  await crm.start(id);
  await fetch(uploadUrl, { method: 'PUT', body: 'no,first\n1,Eve\n' });
  await crm.idle(60_000);
  const report = await crm.report(id);
  expect(report).toMatchObject({
    state: 'failed',
    problem: 'The file was replaced or removed while it was being imported.',
  });
});

test('a cancelled import stops; what it did stays', async () => {
  const crm = importing(await world());
  const many = ['no,first', ...Array.from({ length: 90 }, (_, nth) => `${nth},P${nth}`)].join('\n');
  const { id } = await crm.begin({ file: many, fields: { mapping: { no: 'externalId', first: 'givenName' } } });
  await crm.start(id);
  const { status } = await crm.ask('POST /v1/jobs/{id}/cancel', { params: { id } });
  expect(status).toBe(200);
  await crm.idle(60_000);
  const { state, rows } = await crm.report(id);
  expect([state, rows.read < 90]).toEqual(['cancelled', true]);
});
