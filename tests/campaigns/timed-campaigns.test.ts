import { expect, test } from 'vitest';
import { campaigning } from './campaign-world.ts';

test('so many a minute are sent, and none while the campaign is paused', async () => {
  const crm = await campaigning();
  const people = await crm.audience(10);
  const id = await crm.launch({ send: { perMinute: 4 } });
  const sent = async () => {
    await crm.idle();
    return (await crm.sentTo(people)).reduce((sum, count) => sum + count, 0);
  };
  expect(await sent()).toBe(4);
  await crm.advance('PT61S');
  expect(await sent()).toBe(8);
  expect((await crm.command(id, 'pause')).status).toBe(200);
  await crm.advance('PT5M');
  expect(await sent()).toBe(8);
  await crm.command(id, 'resume');
  expect(await sent()).toBe(10);
  expect(await crm.sentTo(people)).toEqual(people.map(() => 1));
  expect(await crm.read(id)).toMatchObject({ state: 'done' });
});

test('at a local time each customer is sent to by the own clock; conversions after the time for them do not count', async () => {
  const crm = await campaigning();
  await crm.settings({ defaultTimeZone: 'Europe/Berlin' });
  const zones = ['Asia/Singapore', 'America/New_York', undefined];
  const people = await crm.audience(3, nth => (zones[nth] ? { timeZone: zones[nth] } : {}));
  const at = `${new Date(Date.parse(await crm.now()) + 2 * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;
  const id = await crm.launch({ send: { at, localTime: '10:00' }, goal: { event: 'Test Drive', within: 'P2D' } });
  await crm.idle();
  await crm.advance('P4D');
  await crm.idle();
  const shown = await Promise.all(
    people.map(async ({ email }, nth) => {
      const [{ at: sentAt }] = (await crm.outbox(email)) as [{ at: string }];
      const format = { timeZone: zones[nth] ?? 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' } as const;
      const hour = new Intl.DateTimeFormat('en-GB', format).format(new Date(sentAt));
      return [hour, Date.parse(sentAt) >= Date.parse(at) && Date.parse(sentAt) < Date.parse(at) + 36 * 3_600_000];
    }),
  );
  expect(shown).toEqual([
    ['10', true],
    ['10', true],
    ['10', true],
  ]);
  await crm.put('track', {
    userId: (await crm.ask('GET /v1/customers/{id}', { params: { id: people[0]!.id } })).body.externalId,
    event: 'Test Drive',
  });
  await crm.idle();
  expect((await crm.results(id)).variants[0]).toMatchObject({ audience: 3, sent: 3, converted: 0 });
});
