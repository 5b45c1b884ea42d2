import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

const overdue = async (crm: World, id: string) => {
  const { body } = await crm.ask('GET /v1/customers/{id}/timeline', {
    params: { id },
    query: { type: 'task.overdue' },
  });
  return body.items.length;
};

test('timers are set for a copy restored beside the original as well', async () => {
  const [crm, beside] = [await world(), await world()];
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const dueAt = new Date(Date.parse(await crm.now()) + 86_400_000).toISOString();
  const task = { customerId: ada.id, kind: 'task', subject: 'Call', dueAt };
  expect((await crm.ask('POST /v1/activities', { body: task })).status).toBe(201);
  await crm.idle();
  const { body: made } = await crm.ask('POST /v1/exports', { body: {} });
  await crm.idle();
  const { body: copy } = await crm.ask('GET /v1/exports/{id}', { params: { id: made.id } });
  const text = await (await fetch(copy.url)).text();
  const { body: begun } = await beside.ask('POST /v1/imports', { body: { source: 'copy', format: 'rapport' } });
  await fetch(begun.uploadUrl, { method: 'PUT', body: text });
  await beside.ask('POST /v1/imports/{id}/start', { params: { id: begun.id } });
  await beside.idle();
  expect([await overdue(crm, ada.id), await overdue(beside, ada.id)]).toEqual([0, 0]);
  await crm.advance('P2D');
  await Promise.all([crm.idle(), beside.idle()]);
  expect([await overdue(crm, ada.id), await overdue(beside, ada.id)]).toEqual([1, 1]);
});
