import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { world } from '../world.ts';

const sample = (name: string) => {
  const [entry] = JSON.parse(readFileSync(`events/samples/${name}.json`, 'utf8'));
  return { source: entry.Source, type: entry.DetailType, bus: entry.EventBusName, detail: JSON.parse(entry.Detail) };
};

test('the samples name the bus of the stack', async () => {
  const { busName } = await world();
  expect(sample('track').bus).toBe(busName);
});

test('the samples of identify and track, put on the bus, make a customer with a history', async () => {
  const crm = await world();
  for (const name of ['identify', 'track']) {
    const { type, source, detail } = sample(name);
    const { tenant: _, ...body } = detail;
    expect((await crm.put(type, body, source)).status).toBe(200);
    await crm.idle();
  }
  const { items } = (await crm.ask('GET /v1/customers', { query: { externalId: 'u-1001' } })).body;
  expect(items).toMatchObject([{ email: 'ada.tan@example.com', givenName: 'Ada' }]);
  const timeline = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: items[0].id } });
  const said = timeline.body.items.map(
    ({ type, data }: { type: string; data: { event?: string } }) => data.event ?? type,
  );
  expect(said).toContain('Product Viewed');
});
