import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../functions/shared/text/canonical-json.ts';
import { world } from '../../world.ts';
import { erase, receiptOf } from './erase.ts';
import { person } from './person.ts';
import { storedItems } from './stored-items.ts';

test('nothing is left of an erased customer; the books keep what was sold, and others what is theirs', async () => {
  const crm = await world();
  const ada = await person(crm, 'kelpmark');
  const ben = await person(crm, 'moormark');
  await crm.idle();
  // the rows of a dry run are stored for a day, and are erased whoever they are of
  const ofBen = () => storedItems(crm, item => item.includes(ben.id) && !item.includes('"dry-run-row"'));
  const before = await ofBen();
  const id = await erase(crm, ada.id, `${ada.givenName} asked for it by ${ada.email.toUpperCase()}`);
  await crm.idle(60_000);
  const done = await receiptOf(crm, id);
  expect([done.state, done.reason, done.merged]).toEqual(['done', '… asked for it by …', [ada.twinId]]);
  const items = await storedItems(crm);
  for (const word of ada.strings) expect([word, items.filter(item => item.includes(word))]).toEqual([word, []]);
  const covered = done.covered.map(({ area, what, count }: Record<string, string>) => `${area} ${what} ${count}`);
  for (const expected of [
    'orders anonymised 1',
    'invoices anonymised 1',
    'opportunities anonymised 1',
    'documents removed 1',
    'relationships removed 2',
    'queues pending work finds no customer 0',
  ]) {
    expect(covered).toContain(expected);
  }
  for (const area of ['timeline', 'messages', 'search', 'cases', 'consents', 'replies', 'profile', 'files']) {
    expect([area, done.covered.find((one: Record<string, unknown>) => one.area === area).count > 0]).toEqual([
      area,
      true,
    ]);
  }
  const order = await crm.ask('GET /v1/orders/{id}', { params: { id: ada.orderId } });
  expect(order.body.total).toEqual({ amount: 900, currency: 'SGD' });
  const deal = await crm.ask('GET /v1/opportunities/{id}', { params: { id: ada.opportunityId } });
  expect(deal.body).toMatchObject({ status: 'lost', name: '(erased)', amount: { amount: 4200 } });
  const { stages } = (await crm.ask('GET /v1/pipelines/{id}/snapshot', { params: { id: 'ponds' } })).body;
  expect(stages).toMatchObject([{ count: 1 }]);
  expect(await ofBen()).toEqual(before);
  // the late round finds nothing new
  await crm.advance('PT15M');
  const later = await receiptOf(crm, id);
  expect([later.finishedAt, later.covered]).toEqual([done.finishedAt, done.covered]);
}, 180_000);

test('a receipt is verified with the public key, and one changed byte fails the verification', async () => {
  const crm = await world();
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email: 'ada@fish.example' } });
  const reply = await crm.ask('POST /v1/customers/{id}/erase', {
    params: { id: ada.id },
    body: { reason: 'requested' },
  });
  expect([reply.status, reply.headers.get('location')]).toEqual([202, `/v1/erasures/${reply.body.id}`]);
  expect([reply.body.state, reply.body.signature]).toEqual(['running', null]);
  await crm.idle();
  const { signature, ...signed } = await receiptOf(crm, reply.body.id);
  const { status, body } = await crm.ask('GET /v1/erasures/keys', { token: null });
  expect(status).toBe(200);
  const jwk = body.keys.find(({ kid }: { kid: string }) => kid === signed.keyId);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isGenuine = (receipt: object) =>
    verify(null, Buffer.from(canonicalJson(receipt)), key, Buffer.from(signature, 'base64url'));
  expect(isGenuine(signed)).toBe(true);
  expect(isGenuine({ ...signed, reason: 'askeb' })).toBe(false);
  expect(isGenuine({ ...signed, covered: signed.covered.slice(1) })).toBe(false);
  expect(JSON.stringify(signed)).not.toMatch(/Ada|fish/);
  const { items } = (await crm.ask('GET /v1/erasures')).body;
  expect(items).toEqual([{ ...signed, signature }]);
});
