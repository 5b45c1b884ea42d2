import { expect, test } from 'vitest';
import { type Importing, importing, type Report } from '../customers/importing.ts';
import { world } from '../world.ts';

const mapping = {
  id: 'externalId',
  cust: 'customer.externalId',
  mail: 'contact.email',
  name: 'contact.name',
  what: 'interest',
  worth: 'value',
  state: 'status',
  why: 'reason',
  since: 'openedAt',
};
const header = 'id,cust,mail,name,what,worth,state,why,since';
const fields = { of: 'leads', source: 'fair', mapping, currency: 'SGD' };
const fileOf = (...rows: string[]) => [header, ...rows].join('\n');

const leadsOf = async (crm: Importing): Promise<Report[]> =>
  (await crm.ask('GET /v1/leads', { query: { limit: 100 } })).body.items.sort((a: Report, b: Report) =>
    a.externalId < b.externalId ? -1 : 1,
  );

const company = async () => {
  const crm = importing(await world());
  const body = { externalId: 'c-1', givenName: 'Ada', email: 'ada@example.com' };
  return { ...crm, ada: (await crm.ask('POST /v1/customers', { body })).body.id as string };
};

test('rows become leads of customers, or of somebody whose customer is then found or made', async () => {
  const crm = await company();
  const file = fileOf(
    'L-1,c-1,,,Volt 7,129900,,,2025-02-03',
    'L-2,,ADA@example.com,Ada T,Box,,,,',
    'L-3,,eve@example.com,Eve Ng,Volt 7,,disqualified,only collects brochures,2025-02-04',
    'L-4,,eve@example.com,Eve Ng,Box,,,,',
  );
  const report = await crm.bringIn({ file, fields });
  expect(report.rows).toEqual({ read: 4, created: 4, updated: 0, unchanged: 0, failed: 0, withErrors: 0 });
  const eve = (await crm.ask('GET /v1/customers', { query: { email: 'eve@example.com' } })).body.items[0].id;
  expect(await leadsOf(crm)).toMatchObject([
    { externalId: 'L-1', customerId: crm.ada, value: { amount: 12_990_000, currency: 'SGD' }, status: 'new' },
    { externalId: 'L-2', customerId: crm.ada, interest: 'Box' },
    { externalId: 'L-3', customerId: eve, status: 'disqualified', reason: 'only collects brochures' },
    { externalId: 'L-4', customerId: eve, status: 'new' },
  ]);
  expect((await crm.timeline(crm.ada)).filter(({ type }) => type === 'lead.created').at(-1)).toMatchObject({
    occurredAt: '2025-02-03T00:00:00.000Z',
  });
  expect((await crm.bringIn({ file, fields })).rows).toMatchObject({ unchanged: 4, withErrors: 0, failed: 0 });
});

test('a changed row changes the lead as the API would; what is closed, or fixed, stays and is told', async () => {
  const crm = await company();
  const file = fileOf('L-1,c-1,,,Volt 7,129900,,,2025-02-03', 'L-2,c-1,,,Box,,,,', 'L-3,c-1,,,Mats,,,,');
  await crm.bringIn({ file, fields });
  const [, , third] = await leadsOf(crm);
  await crm.ask('POST /v1/leads/{id}/qualify', { params: { id: third?.id }, body: {} });
  const report = await crm.bringIn({
    file: fileOf(
      'L-1,c-1,,,Volt 9,139900,,,2025-02-04',
      'L-2,c-1,,,,,disqualified,,',
      'L-3,c-1,,,Tyres,,new,,',
      'L-4,c-1,,,Tyres,,qualified,,',
      'L-5,,,,Tyres,,,,',
      'L-6,c-9,,,Tyres,,,,',
      'L-7,,nobody,,Tyres,,,,',
      ',c-1,,,Tyres,,,,',
      'L-2,,bo@example.com,,,,,,',
    ),
    fields,
  });
  expect(report.rows).toEqual({ read: 9, created: 0, updated: 2, unchanged: 2, failed: 5, withErrors: 2 });
  expect((await crm.errorsOf(report)).map(({ line, column, message }) => [line, column, message])).toEqual([
    [2, 'since', 'cannot change after the lead is recorded'],
    [4, 'state', 'The lead is qualified and cannot change.'],
    [4, 'what', 'The lead is qualified and cannot change.'],
    [5, 'state', 'cannot be imported as qualified: use POST /v1/leads/{id}/qualify'],
    [6, null, 'the row has no customer and no contact'],
    [7, 'cust', 'matches no customer'],
    [8, 'mail', 'is not an e-mail address'],
    [9, null, 'has no externalId, which identifies the rows'],
  ]);
  expect(await leadsOf(crm)).toMatchObject([
    { interest: 'Volt 9', value: { amount: 13_990_000 }, version: 2, openedAt: '2025-02-03T00:00:00.000Z' },
    { status: 'disqualified', reason: 'not given' },
    { status: 'qualified', interest: 'Mats' },
  ]);
});

test('what a later file says counts, also where an earlier one said so; the same file again does not', async () => {
  const crm = await company();
  const said = async (...rows: string[]) => {
    const { rows: counted } = await crm.bringIn({ file: fileOf(...rows), fields });
    const [{ interest, version }] = (await leadsOf(crm)) as [Report];
    return [interest, version, counted.updated, counted.unchanged];
  };
  const [five, six, seven] = ['L-1,c-1,,,Volt 5,,,,', 'L-1,c-1,,,Volt 6,,,,', 'L-1,c-1,,,Volt 7,,,,'];
  expect(await said(five)).toEqual(['Volt 5', 1, 0, 0]);
  expect(await said(six)).toEqual(['Volt 6', 2, 1, 0]);
  expect(await said(five)).toEqual(['Volt 5', 3, 1, 0]);
  expect(await said(five, six)).toEqual(['Volt 6', 4, 1, 1]);
  expect(await said(five, six)).toEqual(['Volt 6', 4, 0, 2]);
  expect(await said(five, six, seven)).toEqual(['Volt 7', 5, 1, 2]);
  expect(await said(five, six, seven)).toEqual(['Volt 7', 5, 0, 3]);
});

test('whoever was erased is not brought back by an old file, as a customer or as a contact', async () => {
  const crm = await company();
  await crm.ask('POST /v1/customers/{id}/erase', { params: { id: crm.ada }, body: { reason: 'asked' } });
  await crm.idle();
  const rows = ['L-1,c-1,,,Volt 7,,,,', 'L-2,,ada@example.com,Ada,Box,,,,', `L-3,,,Zed,Box,,,,`];
  const report = await crm.bringIn({ file: fileOf(...rows), fields });
  expect(report.rows).toMatchObject({ created: 1, failed: 2 });
  const gone = 'belonged to an erased customer and cannot be imported';
  expect((await crm.errorsOf(report)).map(({ column, message }) => [column, message])).toEqual([
    ['cust', gone],
    ['mail', gone],
  ]);
  const orders = await crm.bringIn({
    file: `number,customerId,sku,price\n1,${crm.ada},BOX,10\n`,
    fields: { of: 'orders', source: 'shop', currency: 'SGD' },
  });
  expect((await crm.errorsOf(orders))[0]).toMatchObject({ column: 'customerId', message: gone });
});

test('leads of the past set off no trigger, those of these days do', async () => {
  const crm = await company();
  const body = { name: 'call', when: { 'detail-type': ['lead.created'] }, then: [{ tag: 'called' }] };
  const trigger = (await crm.ask('POST /v1/triggers', { body })).body;
  await crm.ask('POST /v1/triggers/{id}/activate', { params: { id: trigger.id } });
  const today = (await crm.now()).slice(0, 10);
  await crm.bringIn({ file: fileOf('L-1,c-1,,,Old,,,,2025-02-03', `L-2,c-1,,,New,,,,${today}`), fields });
  const { items } = (await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: crm.ada } })).body;
  expect(items.filter(({ cause }: Report) => cause === trigger.id)).toHaveLength(1);
});
