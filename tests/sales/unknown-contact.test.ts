import { expect, test } from 'vitest';
import { delayQueue } from '../messaging/queue.ts';
import { world } from '../world.ts';

test('a lead whose contact is not identified yet cannot be qualified: the reply says to try again', async () => {
  const crm = await world();
  await delayQueue(crm.awsUrl, 'ListenersReactionsQueue', 20);
  try {
    const contact = { name: 'Priya Nair', email: `lead-${crypto.randomUUID()}@example.com` };
    const { id } = (await crm.ask('POST /v1/leads', { body: { contact } })).body;
    await crm.idle();
    const early = await crm.ask('POST /v1/leads/{id}/qualify', { params: { id }, body: {} });
    expect(early).toMatchObject({ status: 409, body: { code: 'lead.contact-unknown' } });
    expect(early.headers.get('retry-after')).toBe('1');
    await crm.advance('PT1M');
    expect((await crm.ask('POST /v1/leads/{id}/qualify', { params: { id }, body: {} })).status).toBe(201);
  } finally {
    await delayQueue(crm.awsUrl, 'ListenersReactionsQueue', 0);
  }
});
