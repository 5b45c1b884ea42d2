import { expect, test } from 'vitest';
import { storedItems } from '../privacy/erasure/stored-items.ts';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const day = (now: string, days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);

const numbers = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
};

const shuffled = <T>(given: T[], next: (below: number) => number) =>
  given
    .map(one => ({ one, at: next(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

test.each([3, 11])(
  'an account is what its open invoices say when reports repeat, swap and meet an erasure; the erased has none (%i)',
  async seed => {
    const crm = related(await world());
    const next = numbers(seed);
    const now = await crm.now();
    const people = [await crm.person(), await crm.person(), await crm.person()];
    const erased = people[2]!;
    const issued: Body[] = [];
    for (let nth = 0; nth < 9; nth += 1) {
      const total = { amount: 100 + next(400), currency: ['SGD', 'EUR'][next(2)]! };
      const dates = { issuedOn: day(now, -60), dueOn: day(now, next(20) - 10) };
      const body = { customerId: people[nth % 3]!, number: `R-${nth}`, total, ...dates };
      issued.push((await crm.ask('POST /v1/invoices', { body })).body);
    }
    const reports = issued.flatMap(invoice => {
      const { id, customerId, dueOn, total } = invoice as { id: string; total: { currency: string } } & Body;
      const due = { id: `evt_${id}`, occurredAt: now, about: id, customerId, actor: 'rapport:timer', data: { dueOn } };
      const pay = (reference: string, amount: number) => () => {
        const payment = { amount: { amount, currency: total.currency }, paidOn: day(now, 0), reference, overpay: true };
        return crm.at('POST /v1/invoices/{id}/payments', id, { body: payment });
      };
      const once = [
        pay('b-1', 1 + next(200)),
        pay('b-2', 1 + next(200)),
        () => crm.put('invoice.due', due, 'rapport.billing'),
      ];
      return [...once, ...once];
    });
    const order = shuffled(reports, next);
    for (let from = 0; from < order.length; from += 6) {
      const together = order.slice(from, from + 6).map(report => report());
      if (from === 24) together.push(crm.at('POST /v1/customers/{id}/erase', erased, { body: { reason: 'asked' } }));
      for (const { status, body } of await Promise.all(together))
        expect([200, 201, 202], JSON.stringify(body)).toContain(status);
    }
    await crm.idle();
    // once more, when the erasure is over
    for (const report of order.slice(0, 12)) await report();
    for (const { id, customerId, total } of issued) {
      if (customerId !== erased) continue;
      const amount = { ...(total as Body), amount: 1 };
      const body = { amount, paidOn: day(now, 0), reference: 'b-3', overpay: true };
      expect((await crm.at('POST /v1/invoices/{id}/payments', id as string, { body })).status).toBe(201);
    }
    await crm.idle();
    for (const id of people.slice(0, 2)) {
      const { body } = await crm.ask('GET /v1/invoices', { query: { customerId: id, limit: '100' } });
      const sums: Record<string, number> = {};
      for (const { status, balance } of body.items)
        if (status === 'open') sums[balance.currency] = (sums[balance.currency] ?? 0) + balance.amount;
      expect((await crm.at('GET /v1/customers/{id}/finance', id)).body.openAmount).toEqual(sums);
    }
    expect((await crm.at('GET /v1/customers/{id}/finance', erased)).status).toBe(410);
    expect(await storedItems(crm, item => item.includes(`customer#${erased}"`) && item.includes('"finance"'))).toEqual(
      [],
    );
  },
);
