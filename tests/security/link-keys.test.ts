import { expect, test } from 'vitest';
import { customerToken } from '../../functions/shared/http/customer-token.ts';
import { signedToken } from '../../functions/shared/http/signed-link.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { ownTable } from '../tracking/own-table.ts';
import { type World, world } from '../world.ts';

const ada = async (crm: World) => {
  const { body } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const issued = await crm.ask('POST /v1/customers/{id}/tokens', { params: { id: body.id }, body: { minutes: 60 } });
  return { id: body.id, token: issued.body.token as string };
};

const statusOf = async (crm: World, token: string) => (await crm.ask('GET /v1/me', { token })).status;

const soon = () => new Date(Date.now() + 20_000).toISOString();

test('a token of the future is refused, though it is signed', async () => {
  const crm = await world();
  await ownTable(thisStack().awsUrl);
  const { id } = await ada(crm);
  const at = async (now: string) => (await customerToken({ tenant: crm.tenant, now }, id, 60)).token;
  expect(await statusOf(crm, await at(soon()))).toBe(200);
  expect(await statusOf(crm, await at('2099-01-01T00:00:00.000Z'))).toBe(401);
});

test('a new key signs, and links of the keys before are valid until they are revoked', async () => {
  const crm = await world();
  const { id, token } = await ada(crm);
  const made = await crm.ask('POST /v1/link-keys', { body: {} });
  expect([made.status, made.body.id, made.body.accepted]).toEqual([201, 'k2', ['k1', 'k2']]);
  const again = await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: { minutes: 60 } });
  for (const one of [token, again.body.token]) expect(await statusOf(crm, one)).toBe(200);
  const revoked = await crm.ask('POST /v1/link-keys', { body: { revoke: true } });
  expect(revoked.body.accepted).toEqual(['k3']);
  const marketer = await crm.tokenFor(['marketer']);
  expect((await crm.ask('POST /v1/link-keys', { body: {}, token: marketer })).status).toBe(403);
  await expect.poll(() => statusOf(crm, token), { timeout: 40_000, interval: 1_000 }).toBe(401);
  const last = await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: { minutes: 60 } });
  expect(await statusOf(crm, last.body.token)).toBe(200);
});

test('a key is replaced by itself after half a year, and a record of the first schema is read', async () => {
  const crm = await world();
  await ownTable(thisStack().awsUrl);
  const { tenant } = crm;
  const store = openStore({ tenant, now: soon(), actor: 'test' });
  const doc = { secret: Buffer.alloc(32, 7).toString('base64url'), createdAt: '2026-01-01T00:00:00.000Z' };
  await store.restore([{ pk: `${tenant}#settings#link-secret`, sk: '~', kind: 'link-secret', schema: 1, doc }]);
  const kidAt = async (now: string) => {
    const [text = ''] = (await signedToken({ purpose: 'x', tenant }, now)).split('.');
    return JSON.parse(Buffer.from(text, 'base64url').toString()).kid;
  };
  expect(await kidAt('2026-02-01T00:00:00.000Z')).toBe('k1');
  expect(await kidAt('2026-08-01T00:00:00.000Z')).toBe('k2');
  expect(await kidAt('2026-08-02T00:00:00.000Z')).toBe('k2');
});
