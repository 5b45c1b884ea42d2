import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('a brand gives e-mails their sender, reply address and legal text; its sender is of a domain that DKIM signs for', async () => {
  const crm = slice(await world());
  const put = (id: string, body: unknown) => crm.ask('PUT /v1/brands/{id}', { params: { id }, body });
  const foreign = await put('north', { name: 'North', senderAddress: 'hello@elsewhere.example' });
  expect([foreign.status, foreign.body.errors[0].path]).toEqual([422, 'senderAddress']);
  const brand = {
    name: 'North',
    senderName: 'North Cars',
    replyTo: 'sales@north.example',
    legalText: 'North & Co., Oslo',
  };
  expect((await put('north', brand)).status).toBe(201);
  expect((await put('south', { name: 'South' })).status).toBe(201);
  const unknown = { name: 'x', channel: 'email', subject: 'x', body: 'x', brandId: 'west' };
  expect((await crm.ask('POST /v1/templates', { body: unknown })).body.errors).toEqual([
    { path: 'brandId', message: 'there is no brand west' },
  ]);
  const { id: templateId } = await crm.template({ brandId: 'north', body: '<p>{{ tenant.name }}</p>' });
  await crm.settings({ brandId: 'south' });
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id, { templateId, content: undefined });
  await crm.idle();
  await crm.request(ada.id);
  await crm.idle();
  const [north, south] = await crm.outbox(ada.email);
  expect(north.from).toMatch(/^"North Cars" </);
  expect(north.headers).toContainEqual({ name: 'Reply-To', value: 'sales@north.example' });
  expect(north.html).toContain('<p>North</p>');
  expect(north.html).toContain('North &#38; Co., Oslo');
  expect(north.text).toContain('North & Co., Oslo');
  expect(south.from).toMatch(/^"South" </);
  const preview = await crm.ask('POST /v1/templates/{id}/preview', { params: { id: templateId }, body: {} });
  expect(preview.body.html).toContain('North &#38; Co., Oslo');
});
