import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Row, slice } from '../../messaging/slice.ts';
import { world } from '../../world.ts';

const folder = new URL('../../../docs/journeys/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.json'));

const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

test.each(files)('the pack %s becomes a draft that can be activated', async file => {
  const crm = slice(await world());
  const { templates } = JSON.parse(read(file)) as { templates: Row };
  const made = await Promise.all(
    Object.entries(templates).map(async ([name, template]) => [name, (await crm.template(template)).id] as const),
  );
  const filled = made.reduce((text, [name, id]) => text.replaceAll(`{{ ${name} }}`, id), read(file));
  const { journey } = JSON.parse(filled) as { journey: Row };
  const { status, body } = await crm.ask('POST /v1/journeys', { body: journey });
  expect(status, JSON.stringify(body)).toBe(201);
  const active = await crm.ask('POST /v1/journeys/{id}/activate', { params: { id: body.id } });
  expect(active.body.state).toBe('active');
});
