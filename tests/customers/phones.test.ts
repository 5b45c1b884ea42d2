import { expect, test } from 'vitest';
import { messageId, tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';
import { importing } from './importing.ts';

const german = async () => {
  const crm = importing(await world());
  expect((await crm.ask('PUT /v1/settings/sources', { body: { defaultCountry: 'de' } })).status).toBe(200);
  const read = async (id: string) => (await crm.ask('GET /v1/customers/{id}', { params: { id } })).body;
  const create = (body: object) => crm.ask('POST /v1/customers', { body });
  return { ...crm, read, create };
};

test('a national number is of the default country wherever it comes in, unless the record names another', async () => {
  const crm = await german();
  const shop = await tracker(crm);
  const phone = (nth: number) => `030 1234560${nth}`;
  expect((await crm.create({ phone: phone(1) })).body.phone).toBe('+493012345601');
  expect((await crm.create({ phone: '01 42 68 53 00', address: { country: 'FR' } })).body.phone).toBe('+33142685300');
  await shop.post('/v1/identify', { userId: 'u-2', messageId: messageId(), traits: { phone: phone(2) } });
  const traits = { phone: '01 42 68 53 01', address: { country: 'France' } };
  await shop.post('/v1/identify', { userId: 'u-3', messageId: messageId(), traits });
  await crm.bringIn({ file: `externalId,phone\nu-4,${phone(4)}\n` });
  expect((await shop.byExternalId('u-2')).phone).toBe('+493012345602');
  expect(await shop.byExternalId('u-3')).toMatchObject({ phone: '+33142685301', address: { country: 'FR' } });
  expect((await shop.byExternalId('u-4')).phone).toBe('+493012345604');
  const found = async (query: Record<string, string>) =>
    (await crm.ask('GET /v1/customers', { query })).body.items.length;
  expect([await found({ phone: phone(1) }), await found({ q: phone(2) })]).toEqual([1, 1]);
  const file = `number,status,sku,total,currency,customer phone\nA-1,placed,X,10,EUR,${phone(1)}\n`;
  const mapping = {
    number: 'number',
    status: 'status',
    sku: 'lines.sku',
    total: 'total',
    currency: 'currency',
    'customer phone': 'customer.phone',
  };
  expect((await crm.bringIn({ file, fields: { of: 'orders', mapping } })).rows).toMatchObject({
    created: 1,
    failed: 0,
  });
});

test('the phone number of a lead survives its conversion, also where the customer is known or the number unreadable', async () => {
  const crm = await german();
  const convert = async (contact: object) => {
    const { body: lead } = await crm.ask('POST /v1/leads', { body: { contact, interest: 'AX-7' } });
    await crm.idle();
    const { body } = await crm.ask('POST /v1/leads/{id}/qualify', { params: { id: lead.id }, body: {} });
    return crm.read(body.customerId);
  };
  const known = { email: 'known@example.com', givenName: 'Ada', familyName: 'Tan' };
  await crm.create(known);
  expect((await convert({ name: 'Neu', email: 'neu@example.com', phone: '030 12345601' })).phone).toBe('+493012345601');
  const filled = await convert({ name: 'A. Tan', email: known.email, phone: '030 12345602' });
  expect(filled).toMatchObject({ phone: '+493012345602', name: 'Ada Tan' });
  const kept = await convert({ name: 'Odd', email: 'odd@example.com', phone: '12 ask for Bo' });
  expect(kept).toMatchObject({ attributes: { phone: '12 ask for Bo' } });
});

test('an extension is kept beside its number until the number changes', async () => {
  const crm = await german();
  const { body } = await crm.create({ phone: '030 12345601 ext. 42' });
  expect(body).toMatchObject({ phone: '+493012345601', attributes: { phoneExtension: '42' } });
  const patch = (given: object) => crm.ask('PATCH /v1/customers/{id}', { params: { id: body.id }, body: given });
  expect((await patch({ phone: '+493012345601', givenName: 'Ada' })).body.attributes).toEqual({ phoneExtension: '42' });
  expect((await patch({ phone: '030 12345602' })).body.attributes ?? {}).toEqual({});
  await crm.bringIn({ file: 'externalId,phone\nx-1,030 12345603 x7\n' });
  const { body: found } = await crm.ask('GET /v1/customers', { query: { externalId: 'x-1' } });
  expect(found.items[0]).toMatchObject({ phone: '+493012345603', attributes: { phoneExtension: '7' } });
});
