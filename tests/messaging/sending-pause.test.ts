import { expect, test } from 'vitest';
import { pauseReason } from '../../functions/messaging/sending-pause.ts';
import { world } from '../world.ts';
import { slice } from './slice.ts';

test('a rate counts from a least number of messages, and one bounce or complaint never stops sending', () => {
  const health = { sent: 1000, bounced: 0, complained: 0 };
  expect(pauseReason({ ...health, bounced: 39 })).toBeUndefined();
  expect(pauseReason({ ...health, bounced: 40 })).toBe('40 of 1000 bounced: 4 %, limit 4 %');
  expect(pauseReason({ ...health, complained: 1 })).toBeUndefined();
  expect(pauseReason({ ...health, complained: 2 })).toBe('2 of 1000 were marked as spam: 0.2 %, limit 0.08 %');
  expect(pauseReason({ sent: 19, bounced: 19, complained: 0 })).toBeUndefined();
  expect(pauseReason({ ...health, bounced: 99 }, { bounceRate: 0.1, complaintRate: 1, minimum: 1 })).toBeUndefined();
});

test('a topic whose messages bounce is paused: the rest waits until staff releases it, with the reason on record', async () => {
  const crm = slice(await world());
  await crm.settings({ pause: { bounceRate: 0.5, complaintRate: 0.5, minimum: 4 } });
  const people = [];
  for (const name of ['good', 'fine', 'bounce', 'bounce']) {
    const domain = name === 'bounce' ? 'simulator.amazonses.com' : 'example.com';
    people.push(await crm.customer({ email: `${name}+${crm.tenant}${people.length}@${domain}` }));
  }
  for (const { id } of people) {
    await crm.consent(id);
    await crm.request(id);
    await crm.idle();
  }
  const { body } = await crm.ask('GET /v1/messaging/pauses');
  expect(body.items).toMatchObject([
    { id: 'news', topic: 'news', channel: 'email', reason: expect.stringContaining('bounced') },
  ]);
  const [ada] = people;
  if (!ada) throw new Error('nobody');
  await crm.request(ada.id);
  await crm.request(ada.id, { topic: null, content: { subject: 'Receipt', body: 'Paid' } });
  await crm.idle();
  const subjects = async () => (await crm.outbox(ada.email)).map(({ subject }) => subject);
  expect(await subjects()).toEqual(['News', 'Receipt']);
  const held = (await crm.messages(ada.id)).find(({ state }) => state === 'held');
  expect(held?.reason).toContain('paused since');
  const release = { params: { id: 'news' }, body: { reason: 'Old addresses taken out' } };
  expect((await crm.ask('POST /v1/messaging/pauses/{id}/release', release)).status).toBe(200);
  await crm.idle();
  expect(await subjects()).toEqual(['News', 'Receipt', 'News']);
  expect((await crm.ask('POST /v1/messaging/pauses/{id}/release', release)).body.code).toBe('pause.not-found');
});
