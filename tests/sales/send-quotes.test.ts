import { expect, test } from 'vitest';
import { type Body, each, shop } from '../commerce/shop-world.ts';

const day = (at: string) => at.slice(0, 10);

const quoting = async (person: Body = {}) => {
  const crm = await shop();
  await crm.product({ sku: 'A', name: 'Volt 7' });
  await crm.book('list', { prices: [each('10.00')], floor: '4' });
  const email = `ada.${crm.tenant}@example.com`;
  const customerId = await crm.person({ email, address: { country: 'DE' }, ...person });
  const quote = async (more: Body = {}) => {
    const body = { customerId, currency: 'EUR', lines: [{ sku: 'A', quantity: 2 }], ...more };
    return (await crm.ask('POST /v1/quotes', { body })).body;
  };
  const tell = (id: string, verb: string, body: Body = {}) => crm.at(`POST /v1/quotes/{id}/${verb}`, id, { body });
  const post = async (path: string, fields: Record<string, string>) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return crm.ask(`POST ${path}`, { token: null, headers, body: new URLSearchParams(fields).toString() });
  };
  return { ...crm, customerId, email, quote, tell, post };
};

test('the mail leads to a page in the customer’s language, where the quote is accepted with a name', async () => {
  const crm = await quoting({ locale: 'de-DE' });
  const { id } = await crm.quote({ text: 'Wie besprochen' });
  const sent = await crm.tell(id, 'send', { message: 'Vielen Dank!' });
  expect([sent.status, sent.body.number]).toEqual([200, expect.stringMatching(/^Q-\d{4}-00001$/)]);
  await crm.idle();
  const [mail] = await crm.outbox(crm.email);
  expect(mail.subject).toContain(sent.body.number);
  expect(mail.text).toContain('Vielen Dank!');
  const path = new URL(/https?:\/\/\S+\/v1\/quote\/[\w.-]+/.exec(mail.text)![0]).pathname;
  expect((await crm.at('GET /v1/quotes/{id}', id)).body.viewedAt).toBeUndefined();
  const page = await crm.ask(`GET ${path}`, { token: null });
  expect([page.status, page.body]).toEqual([200, expect.stringMatching(/lang="de.*Volt 7.*20,00\s€.*<form/s)]);
  expect((await crm.at('GET /v1/quotes/{id}', id)).body.viewedAt).toBeDefined();
  expect((await crm.post(`${path}/accept`, { name: ' ' })).status).toBe(422);
  const done = await crm.post(`${path}/accept`, { name: 'Ada Tan' });
  expect([done.status, done.body.includes('<form'), done.body.includes('Ada Tan')]).toEqual([200, false, true]);
  await crm.post(`${path}/accept`, { name: 'Somebody Else' });
  const { body } = await crm.at('GET /v1/quotes/{id}', id);
  expect([body.state, body.acceptedBy]).toEqual(['accepted', 'Ada Tan']);
  expect((await crm.at('GET /v1/orders/{id}', body.orderId)).body.quoteId).toBe(id);
  expect((await crm.ask('GET /v1/quote/{token}', { params: { token: 'x.y' }, token: null })).status).toBe(404);
  const types = await crm.timeline(crm.customerId);
  expect(types.filter(type => type === 'quote.viewed')).toHaveLength(1);
});

test('numbers have no gap, also where many are sent at a time, and a revision keeps its own', async () => {
  const crm = await quoting();
  const made = await Promise.all(Array.from({ length: 4 }, () => crm.quote()));
  const sent = await Promise.all(made.map(({ id }) => crm.tell(id, 'send')));
  const numbers = sent.map(({ body }) => Number(body.number.slice(-5))).sort();
  expect(numbers).toEqual([1, 2, 3, 4]);
  const revised = (await crm.tell(made[0].id, 'revise')).body;
  expect((await crm.tell(revised.id, 'send')).body.number).toBe(sent[0]!.body.number);
  expect((await crm.tell((await crm.quote()).id, 'send')).body.number).toMatch(/00005$/);
});

test('a quote expires after its last day, and cannot be accepted then', async () => {
  const crm = await quoting();
  const validUntil = day(await crm.now());
  const { id } = await crm.quote({ validUntil });
  await crm.tell(id, 'send');
  await crm.advance('P2D');
  await crm.idle();
  expect((await crm.at('GET /v1/quotes/{id}', id)).body.state).toBe('expired');
  expect(await crm.refused(crm.tell(id, 'accept', { name: 'Ada' }))).toEqual([409, 'quote.expired']);
});

test('a customer reads the quotes that were sent to it, and answers them', async () => {
  const crm = await quoting();
  const [draft, sent] = [await crm.quote(), await crm.quote()];
  await crm.tell(sent.id, 'send');
  const { token } = (await crm.at('POST /v1/customers/{id}/tokens', crm.customerId, { body: {} })).body;
  const mine = (key: string, id = '', body?: Body) => crm.ask(key, { token, params: { id }, ...(body && { body }) });
  const listed = await mine('GET /v1/me/quotes');
  expect(listed.body.items.map(({ id }: Body) => id)).toEqual([sent.id]);
  expect(JSON.stringify(listed.body)).not.toMatch(/belowFloor|steps|customerId/);
  expect((await mine('GET /v1/me/quotes/{id}', draft.id)).status).toBe(404);
  expect((await mine('POST /v1/me/quotes/{id}/decline', sent.id, { reason: 'no' })).body.state).toBe('declined');
  const other = await crm.person();
  const foreign = (await crm.at('POST /v1/customers/{id}/tokens', other, { body: {} })).body.token;
  const asked = await crm.ask('GET /v1/me/quotes/{id}', { token: foreign, params: { id: sent.id } });
  expect(asked.status).toBe(404);
});

test('gift cards pay what they have when the quote is accepted', async () => {
  const crm = await quoting();
  const amount = { amount: 1500, currency: 'EUR' };
  const { code, id: cardId } = (await crm.ask('POST /v1/gift-cards', { body: { amount } })).body;
  const quote = await crm.quote({ codes: [code] });
  expect([quote.payments, quote.due]).toEqual([[{ code, amount: 1500, left: 0 }], 500]);
  await crm.tell(quote.id, 'send');
  await crm.ask('POST /v1/gift-cards/redeem', { body: { code, amount: { ...amount, amount: 1000 }, reference: 'x' } });
  const { orderId } = (await crm.tell(quote.id, 'accept', { name: 'Ada' })).body;
  const order = (await crm.at('GET /v1/orders/{id}', orderId)).body;
  expect([order.payments[0].amount, order.due.amount]).toEqual([500, 1500]);
  expect((await crm.at('GET /v1/gift-cards/{id}', cardId)).body.left).toBe(0);
});
