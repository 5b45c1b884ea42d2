import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const day = (now: string, days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);

test('the open amounts of an account are the balances of its open invoices, whatever came in which order', async () => {
  const crm = related(await world());
  const now = await crm.now();
  let state = 11;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const people = [await crm.person(), await crm.person()];

  const agree = async (id: string) => {
    const { body } = await crm.ask('GET /v1/invoices', { query: { customerId: id, limit: '100' } });
    const sums: Record<string, number> = {};
    for (const { status, balance } of body.items)
      if (status === 'open') sums[balance.currency] = (sums[balance.currency] ?? 0) + balance.amount;
    expect((await crm.at('GET /v1/customers/{id}/finance', id)).body.openAmount).toEqual(sums);
    return body.items as Body[];
  };

  const made: { id: string; currency: string }[] = [];
  for (let nth = 0; nth < 24; nth += 1) {
    const paid = made[next(made.length + 4)];
    if (paid) {
      const amount = { amount: 1 + next(300), currency: paid.currency };
      const body = { amount, paidOn: day(now, 0), reference: `b-${nth}`, overpay: true };
      await crm.at('POST /v1/invoices/{id}/payments', paid.id, { body });
    } else {
      const currency = ['SGD', 'EUR'][next(2)]!;
      const fields = { number: `R-${nth}`, total: { amount: 1 + next(500), currency }, issuedOn: day(now, -60) };
      const body = { customerId: people[next(2)]!, ...fields, dueOn: day(now, next(60) - 30) };
      const { body: invoice } = await crm.ask('POST /v1/invoices', { body });
      made.push({ id: invoice.id, currency });
    }
    for (const id of people) await agree(id);
  }
  expect(made.length).toBeGreaterThan(4);
  await crm.at('POST /v1/customers/{id}/merge', people[0]!, { body: { from: people[1]! } });
  await crm.idle();
  expect(await agree(people[0]!)).toHaveLength(made.length);
});
