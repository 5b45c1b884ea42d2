import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { slice } from './slice.ts';

const bounced = {
  bounce: { bounceType: 'Permanent', bouncedRecipients: [{ diagnosticCode: 'smtp; 550 user unknown' }] },
};

test('a suppressed address is listed with its reason and released by staff, for a reason, and reached again', async () => {
  const crm = slice(await world());
  const [ada, otto] = [await crm.customer(), await crm.customer()];
  for (const { id } of [ada, otto]) await crm.request(id, { topic: null });
  await crm.idle();
  for (const { id } of [ada, otto]) await crm.report('Bounce', (await crm.messages(id))[0]!.id, bounced);
  await crm.idle();
  const list = async () => (await crm.ask('GET /v1/suppressions')).body.items;
  expect(await list()).toHaveLength(2);
  expect(await list()).toContainEqual({
    channel: 'email',
    address: ada.email,
    reason: 'bounced: smtp; 550 user unknown',
    at: expect.any(String),
    customerId: ada.id,
    messageId: expect.any(String),
  });
  const firstPage = await crm.ask('GET /v1/suppressions', { query: { limit: 1 } });
  const cursor = firstPage.body.nextCursor as string;
  const second = await crm.ask('GET /v1/suppressions', { query: { limit: 1, cursor } });
  expect(new Set([...firstPage.body.items, ...second.body.items].map(({ address }) => address)).size).toBe(2);

  const unreachable = async () => {
    const { body } = await crm.ask('GET /v1/customers/{id}/view', { params: { id: ada.id } });
    return body.contactability.find(({ channel }: { channel: string }) => channel === 'email').unreachable;
  };
  expect(await unreachable()).not.toBeNull();

  const release = (body: object, token?: string) =>
    crm.ask('POST /v1/suppressions/release', { body, ...(token ? { token } : {}) });
  const whole = { channel: 'email', address: ada.email.toUpperCase(), reason: 'The mailbox is in use again' };
  expect((await release({ ...whole, reason: undefined })).body.errors).toMatchObject([{ path: 'reason' }]);
  expect((await release(whole, await crm.tokenFor(['sales']))).status).toBe(403);
  expect((await release({ ...whole, address: 'x@example.com' })).body.code).toBe('suppression.not-found');
  expect(await release(whole)).toMatchObject({ status: 200, body: { address: ada.email } });
  expect((await release(whole)).body.code).toBe('suppression.not-found');
  expect((await list()).map(({ address }: { address: string }) => address)).toEqual([otto.email]);

  expect(await unreachable()).toBeNull();
  await crm.request(ada.id, { topic: null });
  await crm.request(otto.id, { topic: null });
  await crm.idle();
  expect([(await crm.outbox(ada.email)).length, (await crm.outbox(otto.email)).length]).toEqual([2, 1]);
  const { body } = await crm.ask('GET /v1/customers/{id}/contactability', { params: { id: ada.id } });
  expect(body.channels).toMatchObject([{ channel: 'email', suppressed: null }]);
  expect(await crm.timeline(ada.id, 'suppression.released')).toMatchObject([
    { data: { channel: 'email', reason: 'The mailbox is in use again' } },
  ]);
});
