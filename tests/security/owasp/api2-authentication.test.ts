import { createHmac, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type World, world } from '../../world.ts';

type Json = Record<string, unknown>;

const encoded = (part: Json) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decoded = (part = ''): Json => JSON.parse(Buffer.from(part, 'base64url').toString());

/** the ways to forge a token from a good one, the issuer's own key at hand */
const forger = (crm: World) => {
  const key = readFileSync(join(crm.dataDir, 'issuer.pem'), 'utf8');
  const published = createPublicKey(key).export({ type: 'spki', format: 'pem' });
  const [head, body] = crm.token.split('.') as [string, string];
  const [header, claims] = [decoded(head), decoded(body)];
  const signed = (text: string) => `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  const withClaims = (more: Json) => signed(`${head}.${encoded({ ...claims, ...more })}`);
  const withSecret = (secret: string | Buffer) => {
    const text = `${encoded({ ...header, alg: 'HS256' })}.${body}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  return { head, body, withClaims, withSecret, published };
};

const statusWith = async (crm: World, token: string) => (await crm.ask('GET /v1/customers', { token })).status;

test('a token that is not signed by the issuer is no token', async () => {
  const crm = await world();
  const { head, body, withSecret, published } = forger(crm);
  const forged = [
    `${encoded({ alg: 'none' })}.${body}.`,
    `${encoded({ alg: 'None', kid: 'local' })}.${body}.`,
    `${head}.${body}.`,
    withSecret(published),
    withSecret(''),
    'x.y.z',
    `${crm.token}x`,
    `${crm.token}, Bearer ${crm.token}`,
  ];
  for (const token of forged) expect([token, await statusWith(crm, token)]).toEqual([token, 401]);
});

test('a token of another issuer, for another audience, expired, or never expiring is no token', async () => {
  const crm = await world();
  const { withClaims } = forger(crm);
  expect(await statusWith(crm, withClaims({}))).toBe(200);
  const wrong: Json[] = [
    { iss: 'https://elsewhere.example' },
    { aud: 'other', client_id: 'other' },
    { exp: 1000 },
    { exp: undefined },
    { nbf: 99_999_999_999 },
  ];
  for (const claims of wrong) expect([claims, await statusWith(crm, withClaims(claims))]).toEqual([claims, 401]);
});

test('an ID token is no access token', async () => {
  const crm = await world();
  const { withClaims } = forger(crm);
  const { status, body } = await crm.ask('GET /v1/customers', { token: withClaims({ token_use: 'id' }) });
  expect([status, body.code]).toEqual([401, 'token.missing']);
});

test('a token that names no tenant, or more than a name, is of no use', async () => {
  const crm = await world();
  const { withClaims } = forger(crm);
  const { tenant } = crm;
  const names = [
    undefined,
    '',
    `${tenant}#x`,
    `../${tenant}`,
    tenant.toUpperCase(),
    [tenant],
    `${tenant}\n`,
    '__proto__',
  ];
  for (const name of names)
    expect([name, await statusWith(crm, withClaims({ 'custom:tenant': name }))]).toEqual([name, 403]);
});

test('a write key that was guessed or changed is refused', async () => {
  const [crm, other] = [await world(), await world()];
  const { body } = await crm.ask('POST /v1/write-keys', { body: { name: 'shop' } });
  const key = body.key as string;
  const secret = key.slice(crm.tenant.length + 1);
  const guesses = [
    'x',
    crm.tenant,
    `${crm.tenant}.`,
    `${key}x`,
    key.slice(0, -1),
    key.toUpperCase(),
    `${other.tenant}.${secret}`,
  ];
  for (const guess of [...guesses, '__proto__.x', 'a#b.c', '.', `${'a.'.repeat(2000)}`, '\u0000.x']) {
    const headers = { authorization: `Basic ${Buffer.from(`${guess}:`).toString('base64')}` };
    const told = await crm.ask('POST /v1/track', { token: null, headers, body: { userId: 'u', event: 'Seen' } });
    expect([guess, told.status]).toEqual([guess, 401]);
  }
});
