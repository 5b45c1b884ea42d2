import { expect, test } from 'vitest';
import { privacyWorld } from '../consent/privacy-world.ts';
import { world } from '../world.ts';

test('contactability gives the decision that a message would get per channel and topic, with the reason', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('tips', { channels: ['email'], basis: 'legitimate-interests' });
  const ada = await crm.customer({ preferredChannel: 'email' });
  await crm.say(ada.id, {});
  await crm.say(ada.id, { status: 'withdrawn' }, 'email', 'club');
  await crm.say(ada.id, {}, 'sms');
  await crm.settings({ frequencyCaps: [{ channel: 'email', max: 1, per: 'P7D' }] });
  const read = async () =>
    (await crm.ask('GET /v1/customers/{id}/contactability', { params: { id: ada.id } })).body as {
      lastSentAt: string | null;
      channels: { channel: string; topics: { topic: string; outcome: string; reason: string }[] }[];
    };
  const found = await read();
  expect(found).toMatchObject({ customerId: ada.id, preferredChannel: 'email', lastSentAt: null });
  const topics = Object.fromEntries(
    found.channels.flatMap(({ channel, topics }) =>
      topics.map(({ topic, outcome, reason }) => [`${channel}/${topic}`, `${outcome}: ${reason}`]),
    ),
  );
  expect(topics).toMatchObject({
    'email/club': expect.stringMatching(/^skip: no consent to club by email: withdrawn on/),
    'email/news': expect.stringMatching(/^send: consent to news by email granted on/),
    'email/tips': expect.stringMatching(/^send: tips by email needs no consent: no objection/),
    'sms/news': 'skip: the customer has no address for sms',
  });
  expect(await crm.reaches(ada.id)).toBe('yes');
  const after = await read();
  expect(after.lastSentAt).toBeTypeOf('string');
  expect(after.channels.find(({ channel }) => channel === 'email')?.topics).toMatchObject([
    { topic: 'club', outcome: 'skip' },
    { topic: 'news', outcome: 'skip', reason: expect.stringMatching(/^frequency cap/) },
    { topic: 'tips', outcome: 'skip', reason: expect.stringMatching(/^frequency cap/) },
  ]);
  const unknown = { params: { id: 'cus_00000000000000000000000000' } };
  expect((await crm.ask('GET /v1/customers/{id}/contactability', unknown)).status).toBe(404);
});
