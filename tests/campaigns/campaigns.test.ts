import { expect, test } from 'vitest';
import { campaigning } from './campaign-world.ts';

test('a campaign sends once to everybody in its audience but the holdout, whose decision names it; results add up', async () => {
  const crm = await campaigning();
  const people = await crm.audience(40);
  const id = await crm.launch({ holdout: 0.3, goal: { event: 'order.created', within: 'P7D' } });
  await crm.idle();
  const sent = await crm.sentTo(people);
  const spared = people.filter((_, nth) => sent[nth] === 0);
  expect(sent.every(count => count <= 1)).toBe(true);
  expect(spared.length).toBeGreaterThan(2);
  const [decision] = await crm.decisions(spared[0]!.id, 'campaign');
  expect(decision).toMatchObject({ outcome: 'holdout', cause: id });
  expect(decision?.reasons[0]).toContain('holdout');
  const { variants, control } = await crm.results(id);
  expect(variants).toMatchObject([{ audience: 40 - spared.length, sent: 40 - spared.length }]);
  expect(control).toMatchObject({ audience: spared.length, sent: 0 });
  expect(await crm.read(id)).toMatchObject({ state: 'done' });

  const reached = people.find((_, nth) => sent[nth] === 1)!;
  expect((await crm.order(reached.id)).status).toBe(201);
  expect((await crm.order(reached.id)).status).toBe(201);
  expect((await crm.order(spared[0]!.id, 4_000)).status).toBe(201);
  await crm.idle();
  const after = await crm.results(id);
  expect(after.variants[0]).toMatchObject({ converted: 1, revenue: { amount: 10_000, currency: 'SGD' } });
  expect(after.control).toMatchObject({ converted: 1, revenue: { amount: 4_000, currency: 'SGD' } });
  expect(after.variants[0].lift).toBeCloseTo(1 / (40 - spared.length) - 1 / spared.length);
  const again = await crm.command(id, 'launch');
  expect([again.status, again.body.code]).toEqual([409, 'campaign.launched-before']);
});
