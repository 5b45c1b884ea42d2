import fc from 'fast-check';
import { expect, test } from 'vitest';
import { affordable } from '../../functions/campaigns/budget.ts';
import type { Shard } from '../../functions/campaigns/recipient.ts';
import { campaigning } from './campaign-world.ts';

test('as many messages are requested as the budget pays for, in their order; who is spared costs nothing', () => {
  const members = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(members, { maxLength: 6 }), fc.integer({ min: 0, max: 40 }), (all, left) => {
      const parts = all.map(spared => {
        const shard = { done: 0, members: spared.map(one => (one ? { spared: 'holdout' } : {})) } as unknown as Shard;
        return { shard, upTo: spared.length };
      });
      const { send, cut } = affordable(parts, left);
      const asked = send.flatMap(({ shard, upTo }) => shard.members.slice(0, upTo)).filter(one => !one.spared).length;
      const wanted = all.flat().filter(one => !one).length;
      expect([asked, cut]).toEqual([Math.min(left, wanted), wanted > left]);
    }),
  );
});

test('a campaign stops before it exceeds its budget, says why, and goes on with a larger one', async () => {
  const crm = await campaigning();
  const people = await crm.audience(6);
  const SGD = (amount: number) => ({ amount, currency: 'SGD' });
  const body = { approval: 'none', costs: { email: SGD(10), sms: SGD(50) } };
  expect((await crm.ask('PUT /v1/settings/campaigns', { body })).status).toBe(200);
  const id = await crm.launch({ budget: SGD(45) });
  for (let minute = 0; minute < 3; minute++) {
    await crm.idle();
    await crm.advance('PT2M');
  }
  await crm.idle();
  const stopped = 'the next message, at 10 SGD, would exceed the budget of 45';
  expect(await crm.read(id)).toMatchObject({ state: 'paused', stopped, costs: { perMessage: SGD(10) } });
  expect((await crm.results(id)).variants[0]).toMatchObject({ audience: 6, sent: 4, cost: SGD(40) });
  const params = { id };
  const patched = await crm.ask('PATCH /v1/campaigns/{id}', { params, body: { budget: SGD(60) } });
  expect([patched.status, patched.body.code]).toEqual([200, undefined]);
  await crm.command(id, 'resume');
  await crm.idle();
  expect((await crm.read(id)).state).toBe('done');
  expect(await crm.sentTo(people)).toEqual(people.map(() => 1));
});

test('a message of a cancelled campaign that waits is skipped, and says why', async () => {
  const crm = await campaigning();
  const people = await crm.audience(2);
  await crm.settings({ coolDown: 'P2D' });
  for (const { id } of people) await crm.request(id);
  await crm.idle();
  const id = await crm.launch({ send: { perMinute: 1 } });
  await crm.idle();
  const all = async () => (await Promise.all(people.map(one => crm.messages(one.id)))).flat();
  const its = async () => (await all()).filter(one => one.campaignId === id);
  expect(await its()).toMatchObject([{ state: 'held' }]);
  expect((await crm.command(id, 'cancel')).status).toBe(200);
  await crm.idle();
  const reason = expect.stringMatching(/^the campaign was cancelled on/);
  expect(await its()).toMatchObject([{ state: 'skipped', reason }]);
});
