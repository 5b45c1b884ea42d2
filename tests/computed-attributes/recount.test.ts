import { expect, test } from 'vitest';
import { merging } from '../merging/merge-pair.ts';
import { world } from '../world.ts';
import { computing, daysAgo } from './computing.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** numbers that look random and are the same in each run */
const numbers = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % below;
};

const agesInDays = [0, 1, 3, 10, 400];

const figures = {
  orders: { event: 'order.created', operation: 'count' },
  spent: { event: 'order.created', operation: 'sum', path: 'total.amount' },
  largest: { event: 'order.created', operation: 'max', path: 'total.amount' },
  lately: { event: 'order.created', operation: 'count', within: 'P30D' },
};

test('values counted as orders of today and of the past arrive are those of a later recount, over a merge too', async () => {
  const crm = await computing(await world());
  const { merge } = merging(crm);
  for (const [name, computed] of Object.entries(figures)) await crm.define(name, 'integer', computed);
  const people: string[] = [];
  for (const nth of [0, 1, 2])
    people.push(await crm.customer({ externalId: `buyer-${nth}`, givenName: `Buyer ${nth}` }));

  const next = numbers(7);
  const orders = Array.from({ length: 15 }, () => ({
    who: next(3),
    days: agesInDays[next(5)]!,
    amount: 1 + next(900),
  }));
  for (const [nth, { who, days, amount }] of orders.entries()) {
    const price = euros(amount);
    const lines = [{ sku: 'A', name: 'A', quantity: 1, price }];
    const placedAt = days ? { placedAt: daysAgo(days, await crm.now()) } : {};
    const body = { customerId: people[who], number: `R-${nth}`, lines, total: price, ...placedAt };
    expect((await crm.ask('POST /v1/orders', { body })).status).toBe(201);
    if (nth === 9) {
      await crm.idle();
      expect((await merge(people[0]!, people[1]!)).status).toBe(200);
      people[1] = people[0]!;
    }
  }
  await crm.idle();
  await crm.advance('PT2M');
  await crm.idle();

  const counted = [await crm.attributes(people[0]!), await crm.attributes(people[2]!)];
  const right = orders.filter(({ who }) => who < 2);
  expect(counted[0]).toEqual({
    orders: right.length,
    spent: right.reduce((sum, { amount }) => sum + amount, 0),
    largest: Math.max(...right.map(({ amount }) => amount)),
    lately: right.filter(({ days }) => days < 30).length,
  });
  for (const [name, computed] of Object.entries(figures)) await crm.define(`${name}Again`, 'integer', computed);
  await crm.advance('PT2M');
  await crm.idle();
  for (const [nth, id] of [people[0]!, people[2]!].entries()) {
    const twins = await crm.attributes(id);
    for (const name of Object.keys(figures)) expect([name, twins[`${name}Again`]]).toEqual([name, counted[nth]![name]]);
  }
});
