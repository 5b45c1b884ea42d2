import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { portal } from './portal-world.ts';

test('fields that a customer can change are changed directly; others become a proposal', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const asked = await crm.as(ada, 'POST /v1/me/change-requests', {
    body: { phone: '+6561234567', familyName: 'Tan-Lim' },
  });
  expect([asked.status, asked.body.applied, asked.body.proposal.state]).toEqual([200, ['phone'], 'open']);
  expect([asked.body.me.phone, asked.body.me.familyName]).toEqual(['+6561234567', 'Tan']);

  const [open] = (await crm.ask('GET /v1/proposals')).body.items;
  expect([open.customerId, open.patch, open.was]).toEqual([ada.id, { familyName: 'Tan-Lim' }, { familyName: 'Tan' }]);
  const accepted = await crm.ask('POST /v1/proposals/{id}/accept', { params: { id: open.id }, body: {} });
  expect([accepted.status, accepted.body.state]).toEqual([200, 'accepted']);
  expect((await crm.as(ada, 'GET /v1/me')).body.familyName).toBe('Tan-Lim');
  expect((await crm.as(ada, 'GET /v1/me/change-requests')).body.items[0].state).toBe('accepted');
  await crm.idle();
  expect((await crm.outbox(ada.email)).at(-1)?.subject).toBe('The change you requested');
  const again = await crm.ask('POST /v1/proposals/{id}/reject', { params: { id: open.id }, body: { reason: 'no' } });
  expect([again.status, again.body.code]).toEqual([409, 'proposal.decided']);
});

test('a proposal is not accepted over later changes without the flag', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const { body } = await crm.as(ada, 'POST /v1/me/change-requests', { body: { familyName: 'Lim' } });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { familyName: 'Ng' } });
  const params = { id: body.proposal.id };
  const refused = await crm.ask('POST /v1/proposals/{id}/accept', { params, body: {} });
  expect([refused.status, refused.body.code, refused.body.fields]).toEqual([409, 'proposal.outdated', ['familyName']]);
  const forced = await crm.ask('POST /v1/proposals/{id}/accept', { params, body: { anyway: true } });
  expect(forced.status).toBe(200);
  expect((await crm.as(ada, 'GET /v1/me')).body.familyName).toBe('Lim');
});

test('a rejected proposal changes nothing, and the customer is notified with the reason', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const { body } = await crm.as(ada, 'POST /v1/me/change-requests', { body: { familyName: 'Lim' } });
  const params = { id: body.proposal.id };
  await crm.ask('POST /v1/proposals/{id}/reject', { params, body: { reason: 'Send us the certificate.' } });
  expect((await crm.as(ada, 'GET /v1/me')).body.familyName).toBe('Tan');
  await crm.idle();
  expect((await crm.outbox(ada.email)).at(-1)?.text).toContain('Send us the certificate.');
});

test('the number of open proposals of a customer is limited', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const ask = (familyName: string) => crm.as(ada, 'POST /v1/me/change-requests', { body: { familyName } });
  const first = await ask('Lim');
  for (let nth = 1; nth < 20; nth++) expect((await ask(`Lim ${nth}`)).status).toBe(200);
  const refused = await ask('Ng');
  expect([refused.status, refused.body.code]).toEqual([409, 'proposal.too-many']);
  expect((await crm.as(ada, 'POST /v1/me/change-requests', { body: { phone: '+6561234567' } })).status).toBe(200);
  const params = { id: first.body.proposal.id };
  await crm.ask('POST /v1/proposals/{id}/reject', { params, body: { reason: 'no' } });
  expect((await ask('Ng')).status).toBe(200);
});

test('fields that customers cannot change, and invalid values, are rejected by name', async () => {
  const crm = portal(await world());
  const [ada, eve] = [await crm.person(), await crm.person()];
  const refused = async (body: object) => {
    const { status, body: problem } = await crm.as(ada, 'POST /v1/me/change-requests', { body });
    return [status, problem.code, problem.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await refused({ externalId: 'x' })).toEqual([422, 'request.invalid', ['externalId']]);
  expect(await refused({})).toEqual([422, 'request.invalid', ['']]);
  expect(await refused({ dateOfBirth: 'tomorrow' })).toEqual([422, 'request.invalid', ['dateOfBirth']]);
  expect(await refused({ phone: '12' })).toEqual([422, 'request.invalid', ['phone']]);
  await crm.ask('PUT /v1/settings/portal', { body: { direct: ['email'], review: [] } });
  expect(await refused({ phone: '+6561234567' })).toEqual([422, 'request.invalid', ['phone']]);
  expect(await refused({ email: eve.email })).toEqual([409, 'customer.email-taken', undefined]);
});

test('a customer grants and withdraws consent', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const params = { channel: 'email', topic: 'newsletter' };
  await crm.as(ada, 'PUT /v1/me/consents/{channel}/{topic}', { params, body: { status: 'granted' } });
  expect((await crm.as(ada, 'GET /v1/me/consents')).body.items).toMatchObject([{ ...params, status: 'granted' }]);
  const { body } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: ada.id } });
  expect(body.items[0]).toMatchObject({ type: 'consent.changed', actor: `customer:${ada.id}` });
});
