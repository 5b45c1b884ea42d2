import { expect, test } from 'vitest';
import type { StoredAsset } from '../../functions/assets/asset.ts';
import { vinChecks } from '../../functions/assets/vin.ts';
import { nextService } from '../../functions/assets/watch-asset.ts';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const assets = async () => {
  const crm = related(await world());
  const register = (body: Body) => crm.ask('POST /v1/assets', { body });
  const find = async (query: Record<string, string>) =>
    (await crm.ask('GET /v1/assets', { query })).body.items.map(({ id }: Body) => id);
  const read = (id: string, body: Body) => crm.at('POST /v1/assets/{id}/readings', id, { body });
  /** events of a type on a customer's timeline, newest first */
  const dataOf = async (id: string, type: string): Promise<{ about: string; data: Body }[]> =>
    (await crm.at('GET /v1/customers/{id}/timeline', id, { query: { type } })).body.items;
  return { ...crm, register, find, read, dataOf };
};

const vin = '1M8GDM9AXKP042788';

test('the check digit of a VIN is checked where it is mandatory', () => {
  expect(vinChecks(vin)).toBe('right');
  expect(vinChecks('11111111111111111')).toBe('right');
  expect(vinChecks('1M8GDM9A1KP042788')).toBe('wrong');
  expect(vinChecks('WVWZZZ1JZXW000001')).toBe('none');
});

test('a service plan is due every given number of months, until it ends', () => {
  const asset = (plan: object, acquiredOn?: string) =>
    ({ createdAt: '2024-05-05T08:00:00Z', acquiredOn, servicePlan: { name: 'Care', ...plan } }) as StoredAsset;
  const yearly = asset({ everyMonths: 12 }, '2024-01-31');
  expect(nextService(yearly, '2024-01-31')).toBe('2025-01-31');
  expect(nextService(yearly, '2025-01-31')).toBe('2026-01-31');
  expect(nextService(yearly, '2030-06-01')).toBe('2031-01-31');
  expect(nextService(asset({ everyMonths: 1 }, '2024-01-31'), '2024-02-01')).toBe('2024-02-29');
  expect(nextService(asset({ everyMonths: 12 }), '2024-06-01')).toBe('2025-05-05');
  expect(nextService(asset({ everyMonths: 12, lastOn: '2024-09-01' }, '2024-01-31'), '2024-10-01')).toBe('2025-09-01');
  expect(nextService(asset({ everyMonths: 12, until: '2025-12-31' }, '2024-01-31'), '2025-02-01')).toBeUndefined();
  expect(nextService(asset({ everyUsage: 15_000 }), '2025-02-01')).toBeUndefined();
  expect(nextService(asset({ everyMonths: 12 }, '0001-01-01'), '2025-02-01')).toBe('2026-01-01');
  expect(nextService(asset({ everyMonths: 12, lastOn: '9999-12-31' }), '2025-02-01')).toBeUndefined();
});

test('an asset is registered and found by serial number and VIN, both unique', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const car = { customerId, name: 'Volt 7', maker: 'Auto Inc.', serial: 'AB-123', vin: ' 1m8gdm9axkp042788 ' };
  const made = await crm.register({ ...car, acquiredOn: '2024-01-31', attributes: { colour: 'red' } });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/assets/${made.body.id}`]);
  expect(made.body).toMatchObject({ vin, vinChecks: 'right', status: 'active', version: 1 });
  const { id } = made.body;
  expect([await crm.find({ vin }), await crm.find({ serial: 'ab 123' }), await crm.find({ customerId })]).toEqual([
    [id],
    [id],
    [id],
  ]);
  const again = await crm.register({ ...car, serial: 'other' });
  expect([again.status, again.body.code, again.body.holder]).toEqual([409, 'asset.vin-taken', id]);
  const { vin: _, ...withoutVin } = car;
  const other = await crm.register({ ...withoutVin, serial: 'AB123' });
  expect([other.status, other.body.code, other.body.holder]).toEqual([409, 'asset.serial-taken', id]);
  expect((await crm.register({ ...withoutVin, maker: 'Bolt' })).status).toBe(201);
  expect((await crm.timeline(customerId))[0]).toBe('asset.registered');
});

test('an asset is changed, sold and deleted', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const { id } = (await crm.register({ customerId, name: 'Volt 7', warranty: { until: '2027-01-31' } })).body;
  const change = (body: Body, headers = {}) => crm.at('PATCH /v1/assets/{id}', id, { body, headers });
  const changed = await change({ vin, warranty: { terms: 'battery only' } }, { 'if-match': '"1"' });
  expect(changed.body).toMatchObject({
    vin,
    vinChecks: 'right',
    warranty: { until: '2027-01-31', terms: 'battery only' },
    version: 2,
  });
  expect((await change({ status: 'sold' }, { 'if-match': '"1"' })).status).toBe(412);
  expect((await change({ status: 'sold', vin: null })).body).not.toHaveProperty('vinChecks');
  expect(await crm.find({ customerId, status: 'active' })).toEqual([]);
  const changes = await crm.dataOf(customerId, 'asset.changed');
  expect(changes[0]?.data.changes).toContainEqual({ attribute: 'status', from: 'active', to: 'sold' });
  expect((await crm.at('DELETE /v1/assets/{id}', id)).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/assets/{id}', id))).toEqual([404, 'asset.not-found']);
  expect((await crm.register({ customerId, name: 'Volt 7', vin })).status).toBe(201);
});

test('a meter only counts up, unless a reading corrects the others', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const usage = { value: 100, unit: 'km', readOn: '2024-02-01' };
  const { id } = (await crm.register({ customerId, name: 'Volt 7', usage })).body;
  expect((await crm.read(id, { value: 300, unit: 'km', readOn: '2024-04-01' })).body.usage.value).toBe(300);
  const between = await crm.read(id, { value: 200, unit: 'km', readOn: '2024-03-01' });
  expect([between.status, between.body.usage.value]).toEqual([201, 300]);
  const bad = (body: Body) => crm.badFields(crm.read(id, { unit: 'km', ...body }));
  expect(await bad({ value: 299, readOn: '2024-05-01' })).toEqual([422, 'value']);
  expect(await bad({ value: 250, readOn: '2024-02-15' })).toEqual([422, 'value']);
  expect(await bad({ value: 400, unit: 'mi' })).toEqual([422, 'unit']);
  expect(await bad({ value: 400, readOn: '2999-01-01' })).toEqual([422, 'readOn']);
  expect(await bad({ value: -1 })).toEqual([422, 'value']);
  const corrected = await crm.read(id, { value: 30, unit: 'km', readOn: '2024-05-01', corrects: true });
  expect(corrected.body.usage.value).toBe(30);
  const listed = await crm.at('GET /v1/assets/{id}/readings', id);
  expect(listed.body.items.map(({ value }: Body) => value)).toEqual([30, 300, 200, 100]);
  expect(await crm.dataOf(customerId, 'reading.recorded')).toHaveLength(3);
});

test('an asset is transferred, on both timelines', async () => {
  const crm = await assets();
  const [ada, ben] = [await crm.person(), await crm.person()];
  const { id } = (await crm.register({ customerId: ada, name: 'Volt 7', vin })).body;
  const transfer = (to: string) => crm.at('POST /v1/assets/{id}/transfer', id, { body: { to, on: '2026-01-02' } });
  expect((await transfer(ben)).body).toMatchObject({ customerId: ben, acquiredOn: '2026-01-02', version: 2 });
  expect([await crm.find({ customerId: ada }), await crm.find({ customerId: ben })]).toEqual([[], [id]]);
  expect(await crm.dataOf(ada, 'asset.transferred')).toMatchObject([{ data: { from: ada, to: ben } }]);
  expect(await crm.dataOf(ben, 'asset.transferred')).toMatchObject([{ data: { from: ada, to: ben } }]);
  expect(await crm.refused(transfer(ben))).toEqual([409, 'asset.same-owner']);
  await crm.at('PATCH /v1/assets/{id}', id, { body: { status: 'scrapped' } });
  expect(await crm.refused(transfer(ada))).toEqual([409, 'asset.scrapped']);
});

test('the end of warranty and the service day are reported once, for the current owner', async () => {
  const crm = await assets();
  const [ada, ben] = [await crm.person(), await crm.person()];
  const today = (await crm.now()).slice(0, 10);
  const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  const plan = { servicePlan: { name: 'Care', everyMonths: 1 }, acquiredOn: today };
  const { id } = (await crm.register({ customerId: ada, name: 'Volt 7', warranty: { until: inDays(40) }, ...plan }))
    .body;
  await crm.register({ customerId: ada, name: 'Sold', warranty: { until: inDays(40) }, status: 'sold', ...plan });
  // postponed and back again: two timers, one event
  for (const days of [60, 40]) {
    await crm.at('PATCH /v1/assets/{id}', id, { body: { warranty: { until: inDays(days) } } });
  }
  await crm.at('POST /v1/assets/{id}/transfer', id, { body: { to: ben } });
  await crm.idle();
  await crm.advance('P11D');
  await crm.idle();
  expect(await crm.dataOf(ada, 'warranty.ending')).toEqual([]);
  expect(await crm.dataOf(ben, 'warranty.ending')).toMatchObject([{ about: id, data: { until: inDays(40) } }]);
  await crm.advance('P25D');
  await crm.idle();
  await crm.advance('P31D');
  await crm.idle();
  expect(await crm.dataOf(ben, 'warranty.ending')).toHaveLength(1);
  expect(await crm.dataOf(ben, 'service.due')).toHaveLength(2);
  expect(await crm.dataOf(ada, 'service.due')).toEqual([]);
});

test('a service plan also counts meter readings', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const servicePlan = { name: 'Care', everyUsage: 15_000 };
  const { id } = (await crm.register({ customerId, name: 'Volt 7', servicePlan })).body;
  for (const value of [14_000, 15_200, 16_000, 31_000]) await crm.read(id, { value, unit: 'km' });
  const due = await crm.dataOf(customerId, 'service.due');
  expect(due.map(({ data }) => data.why)).toEqual(['usage', 'usage']);
});

test('an asset is deleted with its readings, unless it has too many', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const { id } = (await crm.register({ customerId, name: 'Volt 7' })).body;
  for (let value = 0; value <= 50; value++) await crm.read(id, { value, unit: 'km' });
  const remove = (asset: string) => crm.at('DELETE /v1/assets/{id}', asset);
  expect(await crm.refused(remove(id))).toEqual([409, 'asset.has-history']);
  const other = (await crm.register({ customerId, name: 'Volt 7' })).body.id;
  for (const value of [1, 2, 3]) await crm.read(other, { value, unit: 'km' });
  expect((await remove(other)).status).toBe(200);
});

test('an invalid asset is rejected with all its bad fields', async () => {
  const crm = await assets();
  const customerId = await crm.person();
  const bad = (more: Body) => crm.badFields(crm.register({ customerId, name: 'x', ...more }));
  expect(await bad({ vin: '1M8GDM9AXKP04278', name: '', warranty: {} })).toEqual([
    422,
    'name',
    'vin',
    'warranty.until',
  ]);
  expect(await bad({ usage: { value: 1, unit: 'km', readOn: '2999-01-01' } })).toEqual([422, 'usage.readOn']);
  expect(await crm.badFields(crm.ask('GET /v1/assets'))).toEqual([422, 'customerId']);
  const stranger = await related(await world()).person();
  expect(await crm.refused(crm.register({ customerId: stranger, name: 'x' }))).toEqual([404, 'customer.not-found']);
});

test('assets follow a merge of their customer and its undo', async () => {
  const crm = await assets();
  const [a, b] = [await crm.person(), await crm.person()];
  const { id } = (await crm.register({ customerId: b, name: 'Volt 7', vin })).body;
  await crm.merge(a, b);
  expect(await crm.find({ customerId: a })).toEqual([id]);
  expect((await crm.read(id, { value: 5, unit: 'km' })).body.customerId).toBe(a);
  await crm.unmerge(a, b);
  expect([await crm.find({ customerId: a }), await crm.find({ customerId: b })]).toEqual([[], [id]]);
});
