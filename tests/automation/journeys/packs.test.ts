import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Row, slice } from '../../messaging/slice.ts';
import { world } from '../../world.ts';

const folder = new URL('../../../docs/journeys/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.json'));

const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

const activated = async (file: string) => {
  const crm = slice(await world());
  const { templates, segments = {} } = JSON.parse(read(file)) as { templates: Row; segments?: Row };
  const made = await Promise.all(
    Object.entries(templates).map(async ([name, template]) => [name, (await crm.template(template)).id] as const),
  );
  for (const [name, body] of Object.entries(segments)) {
    const segment = await crm.ask('POST /v1/segments', { body });
    expect(segment.status, JSON.stringify(segment.body)).toBe(201);
    made.push([name, segment.body.id]);
  }
  const filled = made.reduce((text, [name, id]) => text.replaceAll(`{{ ${name} }}`, id), read(file));
  const { journey } = JSON.parse(filled) as { journey: Row };
  const { status, body } = await crm.ask('POST /v1/journeys', { body: journey });
  expect(status, JSON.stringify(body)).toBe(201);
  const active = await crm.ask('POST /v1/journeys/{id}/activate', { params: { id: body.id } });
  expect(active.body.state).toBe('active');
  return crm;
};

test.each(files)('the pack %s becomes a draft that can be activated', async file => {
  await activated(file);
});

test('a recall reaches who owns the model in its range of serial numbers, once, and nobody else', async () => {
  const crm = await activated('recall.json');
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  const own = (customerId: string, serial: string) =>
    crm.ask('POST /v1/assets', { body: { customerId, name: 'Volt', model: 'Volt', serial } });
  for (const serial of ['V7-1000', 'V7-1500']) expect((await own(ada.id, serial)).status).toBe(201);
  await own(eve.id, 'V7-2000');
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ subject: 'Important: your car has to be checked' }]);
  expect(await crm.messages(eve.id)).toEqual([]);
});
