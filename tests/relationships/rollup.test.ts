import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const sgd = (amount: number) => ({ amount, currency: 'SGD' });

test('figures of an account and those below it are summed up, page by page', async () => {
  const crm = related(await world());
  const [top, left, right] = await Promise.all(['Top', 'Left', 'Right'].map(crm.organisation));
  await crm.relate(left!, { type: 'parent', to: top });
  await crm.relate(right!, { type: 'parent', to: top });
  const opportunity = async (customerId: string, amount: number) =>
    (await crm.ask('POST /v1/opportunities', { body: { customerId, name: 'x', amount: sgd(amount) } })).body.id;
  await opportunity(top!, 100);
  await opportunity(left!, 20);
  const lost = await opportunity(left!, 3);
  await crm.at('POST /v1/opportunities/{id}/lose', lost, { body: { reason: 'price' } });
  await crm.order(right!, 'o-1');
  const question = { customerId: right, subject: 'x', description: 'y', type: 'enquiry', channel: 'email' };
  expect((await crm.ask('POST /v1/cases', { body: question })).status).toBe(201);
  await crm.ask('POST /v1/assets', { body: { customerId: left, name: 'Volt 7' } });
  await crm.ask('POST /v1/assets', { body: { customerId: left, name: 'Old', status: 'scrapped' } });
  const invoice = { customerId: left, number: 'R-1', total: sgd(7), issuedOn: '2026-01-01', dueOn: '2026-01-31' };
  await crm.ask('POST /v1/invoices', { body: invoice });

  const rollup = async (query = {}) => crm.at('GET /v1/customers/{id}/rollup', top!, { query });
  const { body } = await rollup();
  expect(body).toMatchObject({ more: false, nextCursor: null });
  expect(body.total).toEqual({
    opportunities: { count: 2, amounts: { SGD: 120 } },
    orders: { count: 1, amounts: { SGD: 100 } },
    cases: { count: 1 },
    assets: { count: 1 },
    invoices: { openAmount: { SGD: 7 }, overdueAmount: { SGD: 7 } },
  });
  expect(body.items.map(({ name, depth }: Body) => `${depth} ${name}`).sort()).toEqual(['0 Top', '1 Left', '1 Right']);
  const first = (await rollup({ limit: 2 })).body;
  const rest = (await rollup({ limit: 2, cursor: first.nextCursor })).body;
  expect([first.items.length, first.more, rest.items.length, rest.nextCursor]).toEqual([2, false, 1, null]);
  expect(first.total.opportunities.count + rest.total.opportunities.count).toBe(2);
  expect(await crm.refused(rollup({ cursor: 'bm90' }))).toEqual([400, 'cursor.malformed']);
  const stranger = await related(await world()).organisation();
  const elsewhere = crm.at('GET /v1/customers/{id}/rollup', stranger);
  expect(await crm.refused(elsewhere)).toEqual([404, 'customer.not-found']);
});
