import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const sgd = (amount: number) => ({ amount, currency: 'SGD' });
const day = (now: string, days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);

const books = async () => {
  const crm = related(await world());
  const now = await crm.now();
  let numbers = 0;
  /** an invoice that is due so many days from now */
  const issue = (customerId: string, amount: number, days: number, more: Body = {}) =>
    crm.ask('POST /v1/invoices', {
      body: {
        customerId,
        number: `R-${++numbers}`,
        total: sgd(amount),
        issuedOn: day(now, -60),
        dueOn: day(now, days),
        ...more,
      },
    });
  const pay = (id: string, amount: number, reference: string, more: Body = {}) =>
    crm.at('POST /v1/invoices/{id}/payments', id, {
      body: { amount: sgd(amount), paidOn: day(now, 0), reference, ...more },
    });
  const finance = async (id: string) => (await crm.at('GET /v1/customers/{id}/finance', id)).body;
  const numbersOf = async (query: Record<string, string>): Promise<string[]> =>
    (await crm.ask('GET /v1/invoices', { query })).body.items.map(({ number }: Body) => number);
  return { ...crm, start: now, issue, pay, finance, numbersOf };
};

test('an invoice is issued, paid in parts, and closed; the account adds up', async () => {
  const crm = await books();
  const customerId = await crm.person();
  const made = await crm.issue(customerId, 1000, 30);
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/invoices/${made.body.id}`]);
  await crm.issue(customerId, 500, 30, { total: { amount: 500, currency: 'EUR' } });
  await crm.issue(customerId, 700, 30, { status: 'paid' });
  expect((await crm.finance(customerId)).openAmount).toEqual({ SGD: 1000, EUR: 500 });
  const part = await crm.pay(made.body.id, 400, 'b-1');
  expect(part.body).toMatchObject({ status: 'open', paid: 400, balance: sgd(600), version: 2 });
  const rest = await crm.pay(made.body.id, 600, 'b-2');
  expect(rest.body).toMatchObject({ status: 'paid', balance: sgd(0) });
  expect((await crm.finance(customerId)).openAmount).toEqual({ EUR: 500 });
  const { body } = await crm.at('GET /v1/invoices/{id}/payments', made.body.id);
  expect(body.items.map(({ reference }: Body) => reference).sort()).toEqual(['b-1', 'b-2']);
  expect((await crm.timeline(customerId)).slice(0, 3).sort()).toEqual([
    'invoice.paid',
    'payment.received',
    'payment.received',
  ]);
});

test('a payment counts once per reference, and overpayment needs a flag', async () => {
  const crm = await books();
  const customerId = await crm.person();
  const { id } = (await crm.issue(customerId, 1000, 30)).body;
  expect((await crm.pay(id, 400, 'b-1')).status).toBe(201);
  const again = await crm.pay(id, 400, 'b-1');
  expect([again.status, again.body.paid]).toEqual([200, 400]);
  expect(await crm.refused(crm.pay(id, 300, 'b-1'))).toEqual([409, 'payment.reference-taken']);
  const tooMuch = await crm.pay(id, 700, 'b-2');
  expect([tooMuch.status, tooMuch.body.code, tooMuch.body.balance]).toEqual([409, 'invoice.over-paid', sgd(600)]);
  expect((await crm.pay(id, 700, 'b-2', { overpay: true })).body).toMatchObject({ paid: 1100, status: 'paid' });
  expect((await crm.finance(customerId)).openAmount).toEqual({});
  const { body } = await crm.at('GET /v1/customers/{id}/timeline', customerId, { query: { type: 'payment.received' } });
  expect(body.items[0].data.overpaid).toEqual(sgd(100));
  const many = (await crm.issue(customerId, 1000, 30)).body.id;
  const atOnce = await Promise.all(Array.from({ length: 8 }, (_, nth) => crm.pay(many, 200, `c-${nth}`)));
  expect(atOnce.filter(({ status }) => status === 201)).toHaveLength(5);
});

test('an invoice that is not paid in time is overdue, also in conditions', async () => {
  const crm = await books();
  const [late, good] = [await crm.person(), await crm.person()];
  const { id } = (await crm.issue(late, 1000, 2)).body;
  const paid = (await crm.issue(good, 1000, 2)).body.id;
  await crm.pay(paid, 1000, 'b-1');
  const later = (await crm.issue(good, 1000, 2)).body.id;
  await crm.at('PATCH /v1/invoices/{id}', later, { body: { dueOn: day(crm.start, 90) } });
  await crm.at('PUT /v1/customers/{id}/credit', late, { body: { limit: sgd(5000) } });
  const list = { name: 'Late', kind: 'dynamic', where: { attribute: 'finance.overdueAmount.SGD', gte: 1000 } };
  const listId = (await crm.ask('POST /v1/lists', { body: list })).body.id;
  const members = async () =>
    (await crm.at('GET /v1/lists/{id}/members', listId)).body.items.map((one: Body) => one.id);
  expect(await members()).toEqual([]);
  await crm.idle();
  await crm.advance('P4D');
  await crm.idle();
  expect(await crm.finance(late)).toEqual({
    creditLimit: sgd(5000),
    openAmount: { SGD: 1000 },
    overdueAmount: { SGD: 1000 },
    overdueSince: day(crm.start, 2),
  });
  expect(await members()).toEqual([late]);
  expect(await crm.timeline(late)).toContain('invoice.overdue');
  expect(await crm.timeline(good)).not.toContain('invoice.overdue');
  expect(await crm.numbersOf({ state: 'overdue' })).toEqual(['R-1']);
  await crm.pay(id, 1000, 'b-2');
  expect(await crm.finance(late)).toMatchObject({ overdueAmount: {}, overdueSince: null });
  expect(await members()).toEqual([]);
});

test('a trigger with a condition on the account fires', async () => {
  const crm = await books();
  const customerId = await crm.person({ email: `late.${crm.tenant}@example.com` });
  const trigger = {
    name: 'remind',
    when: { 'detail-type': ['invoice.overdue'] },
    if: { attribute: 'finance.overdueSince', exists: true },
    then: [{ tag: 'reminded' }],
    state: 'active',
  };
  expect((await crm.ask('POST /v1/triggers', { body: trigger })).status).toBe(201);
  await crm.idle();
  await crm.issue(customerId, 1000, -3);
  await crm.idle();
  expect((await crm.read(customerId)).body.attributes.tags).toEqual(['reminded']);
});

test('invoices are postponed, cancelled, and found', async () => {
  const crm = await books();
  const customerId = await crm.person();
  const { id, number } = (await crm.issue(customerId, 1000, -3)).body;
  expect(await crm.finance(customerId)).toMatchObject({
    overdueAmount: { SGD: 1000 },
    overdueSince: day(crm.start, -3),
  });
  const change = (dueOn: string, headers = {}) => crm.at('PATCH /v1/invoices/{id}', id, { body: { dueOn }, headers });
  const off = await change(day(crm.start, 9), { 'if-match': '"1"' });
  expect(off.body).toMatchObject({ overdue: false, version: 2 });
  expect((await change(day(crm.start, 10), { 'if-match': '"1"' })).status).toBe(412);
  expect(await crm.badFields(change('2001-01-01'))).toEqual([422, 'dueOn']);
  expect(await crm.finance(customerId)).toMatchObject({ openAmount: { SGD: 1000 }, overdueAmount: {} });
  expect(await crm.numbersOf({ number })).toEqual([number]);
  expect(await crm.numbersOf({ customerId, state: 'open' })).toEqual([number]);
  const cancel = () => crm.at('POST /v1/invoices/{id}/cancel', id, { body: { reason: 'twice' } });
  expect((await cancel()).body).toMatchObject({ status: 'cancelled', balance: sgd(0) });
  expect(await crm.refused(cancel())).toEqual([409, 'invoice.closed']);
  expect(await crm.refused(crm.pay(id, 1, 'b-1'))).toEqual([409, 'invoice.closed']);
  expect(await crm.finance(customerId)).toMatchObject({ openAmount: {} });
  expect(await crm.numbersOf({ customerId })).toEqual([number]);
});

test('an invalid invoice is rejected with all its bad fields', async () => {
  const crm = await books();
  const customerId = await crm.person();
  const { id, number } = (await crm.issue(customerId, 1000, 3)).body;
  const taken = await crm.issue(customerId, 1000, 3, { number });
  expect([taken.status, taken.body.code, taken.body.holder]).toEqual([409, 'invoice.number-taken', id]);
  expect(await crm.badFields(crm.issue(customerId, -1, 3, { number: '' }))).toEqual([422, 'number', 'total.amount']);
  expect(await crm.badFields(crm.issue(customerId, 1, -90))).toEqual([422, 'dueOn']);
  const foreign = { amount: { amount: 1, currency: 'EUR' } };
  expect(await crm.badFields(crm.pay(id, 1, 'b', foreign))).toEqual([422, 'amount.currency']);
  expect(await crm.badFields(crm.pay(id, 0, 'b'))).toEqual([422, 'amount.amount']);
  expect(await crm.badFields(crm.ask('GET /v1/invoices'))).toEqual([422, 'state']);
  expect(await crm.badFields(crm.ask('GET /v1/invoices', { query: { customerId, number } }))).toEqual([422, 'number']);
  const stranger = await related(await world()).person();
  expect(await crm.refused(crm.issue(stranger, 1, 3))).toEqual([404, 'customer.not-found']);
  expect(await crm.refused(crm.at('GET /v1/customers/{id}/finance', stranger))).toEqual([404, 'customer.not-found']);
});

test('the accounts of merged customers are added up, and separated when the merge is undone', async () => {
  const crm = await books();
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.issue(a, 100, 30);
  const { id } = (await crm.issue(b, 1000, -3)).body;
  await crm.issue(b, 10, 30);
  await crm.at('PUT /v1/customers/{id}/credit', b, { body: { limit: sgd(5000) } });
  expect((await crm.merge(a, b, { dryRun: true })).body.merge.moves.records).toEqual({ invoice: 2 });
  await crm.merge(a, b);
  expect(await crm.finance(a)).toMatchObject({
    creditLimit: sgd(5000),
    openAmount: { SGD: 1110 },
    overdueAmount: { SGD: 1000 },
  });
  expect(await crm.numbersOf({ customerId: a })).toHaveLength(3);
  await crm.pay(id, 400, 'b-1');
  await crm.issue(a, 1, 30);
  await crm.unmerge(a, b);
  expect(await crm.finance(a)).toMatchObject({ creditLimit: null, openAmount: { SGD: 101 }, overdueAmount: {} });
  expect(await crm.finance(b)).toMatchObject({
    creditLimit: sgd(5000),
    openAmount: { SGD: 610 },
    overdueAmount: { SGD: 600 },
  });
});

test('an invoice due on the last possible day, or over zero, is not overdue', async () => {
  const crm = await books();
  const customerId = await crm.person();
  const far = await crm.issue(customerId, 1000, 30, { dueOn: '9999-12-31' });
  expect([far.status, far.body.overdue]).toEqual([201, false]);
  const nothing = await crm.issue(customerId, 0, -30);
  expect([nothing.status, nothing.body.overdue]).toEqual([201, false]);
  expect(await crm.timeline(customerId)).not.toContain('invoice.overdue');
});
