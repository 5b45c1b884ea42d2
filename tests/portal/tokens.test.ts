import { request } from 'node:http';
import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

const ada = async (crm: World, email = `ada.${crm.tenant}@example.com`) => {
  const { body } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', familyName: 'Tan', email } });
  return { id: body.id as string, email };
};

const tokenOf = async (crm: World, id: string, minutes = 30): Promise<string> =>
  (await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: { minutes } })).body.token;

const askForCode = (crm: World, email: string) =>
  crm.ask('POST /v1/portal/sign-in', { token: null, body: { tenant: crm.tenant, email } });

const exchange = (crm: World, email: string, code: string, nonce: string) =>
  crm.ask('POST /v1/portal/token', { token: null, body: { tenant: crm.tenant, email, code, nonce } });

/** the code of the latest mail to an address */
const mailedCode = async (crm: World, email: string) => {
  await crm.idle();
  const mails = await crm.outbox(email);
  return /\d{6}/.exec(mails.at(-1)?.text)?.[0] ?? '';
};

test('a company issues a token for a customer, which gives access to that customer only', async () => {
  const crm = await world();
  const { id, email } = await ada(crm);
  await ada(crm, `other.${crm.tenant}@example.com`);
  const { status, body } = await crm.ask('GET /v1/me', { token: await tokenOf(crm, id) });
  expect([status, body.id, body.email]).toEqual([200, id, email]);
  expect(body).not.toHaveProperty('attributes');
});

test('customer tokens are rejected on staff routes, and staff tokens on customer routes', async () => {
  const crm = await world();
  const { id } = await ada(crm);
  const token = await tokenOf(crm, id);
  expect((await crm.ask('GET /v1/customers/{id}', { params: { id }, token })).status).toBe(401);
  const { status, body } = await crm.ask('GET /v1/me');
  expect([status, body.code]).toEqual([401, 'token.unknown']);
  expect((await crm.ask('GET /v1/me', { token: null })).body.code).toBe('token.missing');
});

test('a token that was altered, expired or revoked is rejected', async () => {
  const crm = await world();
  const { id } = await ada(crm);
  const token = await tokenOf(crm, id);
  const [claims = '', mark] = token.split('.');
  const altered = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), until: '2099-01-01T00:00:00.000Z' };
  const forged = `${Buffer.from(JSON.stringify(altered)).toString('base64url')}.${mark}`;
  expect((await crm.ask('GET /v1/me', { token: forged })).body.code).toBe('token.unknown');
  await crm.advance('PT1M');
  await crm.ask('POST /v1/customers/{id}/tokens/revoke', { params: { id } });
  expect((await crm.ask('GET /v1/me', { token })).body.code).toBe('token.revoked');
  const later = await tokenOf(crm, id, 5);
  expect((await crm.ask('GET /v1/me', { token: later })).status).toBe(200);
  await crm.advance('PT5M');
  expect((await crm.ask('GET /v1/me', { token: later })).body.code).toBe('token.expired');
});

test('a customer signs in with a mailed code, once', async () => {
  const crm = await world();
  const { id, email } = await ada(crm);
  const asked = await askForCode(crm, email);
  expect(asked.status).toBe(202);
  const code = await mailedCode(crm, email);
  const { nonce } = asked.body;
  const { status, body } = await exchange(crm, email, code, nonce);
  expect(status).toBe(201);
  expect((await crm.ask('GET /v1/me', { token: body.token })).body.id).toBe(id);
  expect((await exchange(crm, email, code, nonce)).body.code).toBe('sign-in.invalid-code');
  const { body: timeline } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id } });
  expect(timeline.items.map(({ type }: { type: string }) => type)).toContain('customer.signed-in');
  expect(JSON.stringify(timeline)).not.toContain(code);
});

test('the reply does not reveal whether an address is known', async () => {
  const crm = await world();
  const { email } = await ada(crm);
  const [known, unknown] = [await askForCode(crm, email), await askForCode(crm, `no.${email}`)];
  expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
  expect(known.body.nonce.length).toBe(unknown.body.nonce.length);
  expect(await mailedCode(crm, `no.${email}`)).toBe('');
});

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('guesses end after five wrong codes, and requests of one caller after five codes an hour', async () => {
  const crm = await world();
  const { email } = await ada(crm);
  const { nonce } = (await askForCode(crm, email)).body;
  const code = await mailedCode(crm, email);
  await Promise.all(Array.from({ length: 5 }, () => exchange(crm, email, wrong(code), nonce)));
  expect((await exchange(crm, email, code, nonce)).status).toBe(401);
  for (let asked = 1; asked < 5; asked++) expect((await askForCode(crm, email)).status).toBe(202);
  const { status, headers } = await askForCode(crm, email);
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  await crm.advance('PT1H');
  expect((await askForCode(crm, email)).status).toBe(202);
});

test('a code without the nonce of its own request opens nothing', async () => {
  const crm = await world();
  const { email } = await ada(crm);
  await askForCode(crm, email);
  const code = await mailedCode(crm, email);
  const { nonce } = (await askForCode(crm, email)).body;
  expect((await exchange(crm, email, code, nonce)).body.code).toBe('sign-in.invalid-code');
  const body = { tenant: crm.tenant, email, code };
  expect((await crm.ask('POST /v1/portal/token', { token: null, body })).status).toBe(422);
});

/** asks from another address of this machine; what a caller claims of its address does not count */
const from = (crm: World, localAddress: string, path: string, body: object) =>
  new Promise<{ status: number; body: { nonce: string } }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${Math.random()}` };
    request(`${crm.url}${path}`, { method: 'POST', localAddress, headers }, reply => {
      let text = '';
      reply.on('data', part => {
        text += part;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) }));
    })
      .on('error', reject)
      .end(JSON.stringify(body));
  });

test('a stranger who asks and guesses for an address does not lock its owner out', async () => {
  const crm = await world();
  const { email } = await ada(crm);
  const who = { tenant: crm.tenant, email };
  const { nonce } = (await askForCode(crm, email)).body;
  const code = await mailedCode(crm, email);
  const statuses: number[] = [];
  for (let nth = 0; nth < 7; nth++) {
    const asked = await from(crm, '127.0.0.9', '/v1/portal/sign-in', who);
    statuses.push(asked.status);
    const guess = { ...who, code: wrong(code), nonce: asked.body.nonce ?? 'none' };
    for (let tries = 0; tries < 6; tries++) await from(crm, '127.0.0.9', '/v1/portal/token', guess);
  }
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
  expect((await askForCode(crm, email)).status).toBe(202);
  expect((await exchange(crm, email, code, nonce)).status).toBe(201);
});

test('a caller who tries many codes has to wait', async () => {
  const crm = await world();
  const tries = Array.from({ length: 125 }, () => exchange(crm, 'no@example.com', '123456', 'none'));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter(status => status === 429).length).toBeGreaterThan(0);
});

test('what is done with a token that staff had issued is no contact of the customer, and verifies nothing in its name', async () => {
  const crm = await world();
  const [{ id: issued }, { id: own, email }] = [await ada(crm), await ada(crm, `own.${crm.tenant}@example.com`)];
  const { nonce } = (await askForCode(crm, email)).body;
  const { token } = (await exchange(crm, email, await mailedCode(crm, email), nonce)).body;
  const open = (by: string) =>
    crm.ask('POST /v1/me/cases', {
      token: by,
      body: { subject: 'Brakes', description: 'They squeal', type: 'enquiry' },
    });
  const staffs = await tokenOf(crm, issued);
  for (const one of [staffs, token]) expect((await open(one)).status).toBe(201);
  expect(
    (await crm.ask('POST /v1/me/change-requests', { token: staffs, body: { phone: '+6591234567' } })).status,
  ).toBeLessThan(300);
  await crm.idle();
  const opened = async (id: string) => {
    const query = { type: 'case.opened' };
    return (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query })).body.items[0];
  };
  expect(await opened(own)).toMatchObject({ contact: 'in' });
  expect(await opened(issued)).toMatchObject({ issuer: expect.stringContaining('user:') });
  expect(await opened(issued)).not.toHaveProperty('contact');
  const { items } = (await crm.ask('GET /v1/customers/{id}/provenance', { params: { id: issued } })).body;
  const phone = items.find(({ attribute }: { attribute: string }) => attribute === 'phone');
  expect(phone).toMatchObject({ value: '+6591234567', verifiedBy: 'staff' });
});
