import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { company } from './public-company.ts';

/** a company where a key of a page has named an address and, of another record, a user id that are not its visitor's */
const squatted = async () => {
  const crm = await company();
  const email = `eve@${crm.tenant}.example`;
  await crm.identify('att-1', { email, firstName: 'Mallory', phone: '+6598765432' });
  await crm.identify('eve-1', { firstName: 'Mallory' });
  const [byEmail, byId] = [await crm.byExternalId('att-1'), await crm.byExternalId('eve-1')];
  return { ...crm, wanted: { email, externalId: 'eve-1' }, byEmail: byEmail.id, byId: byId.id };
};

test('staff gives a customer an address and an id that two records of keys of pages hold', async () => {
  const crm = await squatted();
  const { status, body } = await crm.ask('PATCH /v1/customers/{id}', { params: { id: crm.id }, body: crm.wanted });
  expect([status, body.id]).toEqual([200, crm.id]);
  expect(body).toMatchObject(crm.wanted);
  expect(await crm.read(crm.byEmail)).not.toHaveProperty('email');
  expect(await crm.read(crm.byId)).not.toHaveProperty('externalId');
  await crm.send('/v1/track', { userId: 'eve-1', event: 'Viewed' });
  expect((await crm.events(crm.id)).length).toBe(1);
});

test.each([
  ['POST', 201],
  ['PUT', 200],
])('%s of both makes one customer, without what the keys of pages said', async (method, expected) => {
  const crm = await squatted();
  const body = { givenName: 'Eve', ...crm.wanted };
  const reply = await crm.ask(`${method} /v1/customers`, { body });
  expect(reply.status).toBe(expected);
  const after = await crm.read(reply.body.id);
  expect(after).toMatchObject(body);
  expect(after).not.toHaveProperty('phone');
});

test('a server that names the address gets the record; the user id that claimed it changes it no more', async () => {
  const crm = await squatted();
  await crm.identify('shop-9', { email: crm.wanted.email, firstName: 'Eve' }, crm.key);
  const eve = await crm.byExternalId('shop-9');
  expect(eve).toMatchObject({ email: crm.wanted.email, givenName: 'Eve' });
  expect(eve).not.toHaveProperty('phone');
  expect(await crm.links(eve.id)).toMatchObject([{ value: 'att-1', claimed: true }]);
  await crm.identify('att-1', { email: `mallory@${crm.tenant}.example` }, crm.key);
  expect(await crm.read(eve.id)).toMatchObject({ email: crm.wanted.email });
});

test('an import gets the address and the id', async () => {
  const crm = await squatted();
  const file = `externalId,email,givenName\neve-1,${crm.wanted.email},Eve\n`;
  const mapping = { externalId: 'externalId', email: 'email', givenName: 'givenName' };
  const done = await importing(crm).bringIn({ file, fields: { mapping } });
  expect(done.rows).toMatchObject({ failed: 0 });
  const { body } = await crm.ask('GET /v1/customers', { query: { email: crm.wanted.email } });
  expect(body.items).toMatchObject([{ givenName: 'Eve', ...crm.wanted }]);
});
