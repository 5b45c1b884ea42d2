import { expect, test } from 'vitest';
import { campaigning } from './campaign-world.ts';

const many = 150;

test('a transactional message leaves at once while a large campaign is under way', async () => {
  const crm = await campaigning();
  await Promise.all(Array.from({ length: many }, () => crm.customer()));
  const ada = await crm.customer({ kind: 'organisation', name: 'Auto', givenName: undefined, familyName: undefined });
  const id = await crm.launch({ topic: null, goal: undefined });
  const sent = async () => (await crm.results(id)).variants[0].sent as number;
  await expect.poll(sent, { timeout: 30_000, interval: 100 }).toBeGreaterThan(0);
  await crm.request(ada.id, { topic: null });
  await expect.poll(() => crm.outbox(ada.email), { timeout: 30_000, interval: 50 }).toHaveLength(1);
  expect(await sent()).toBeLessThan(many * 0.6);
  await crm.idle(60_000);
  expect(await sent()).toBe(many);
}, 120_000);
