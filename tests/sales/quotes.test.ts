import { expect, test } from 'vitest';
import { type Body, each, shop } from '../commerce/shop-world.ts';
import { pdfText } from './pdf-text.ts';

const quoting = async () => {
  const crm = await shop();
  await crm.tax('vat', {});
  await crm.product({ sku: 'A', name: 'Volt <7>' });
  await crm.book('list', {
    ...{ prices: [each('10.00'), each(5, 'B')], floor: '4' },
    promotions: [
      { id: 'ten', off: { percent: 10 } },
      { id: 'more', off: { buy: 3, free: 1 }, when: { skus: ['A'] } },
    ],
  });
  const customerId = await crm.person({ address: { country: 'DE' } });
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 1 },
  ];
  const create = (more: Body = {}) =>
    crm.ask('POST /v1/quotes', { body: { customerId, currency: 'EUR', lines, ...more } });
  const tell = (id: string, verb: string, body: Body = {}) => crm.at(`POST /v1/quotes/{id}/${verb}`, id, { body });
  return { ...crm, customerId, create, tell };
};

test('a quote keeps its price, is sent, accepted once, and makes an order', async () => {
  const crm = await quoting();
  const made = await crm.create({ country: 'DE' });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/quotes/${made.body.id}`]);
  expect(made.body).toMatchObject({ revision: 1, state: 'draft', net: 3150, tax: 599, gross: 3749, belowFloor: false });
  expect(made.body.asked).toBeUndefined();
  const { id } = made.body;
  const accept = () => crm.tell(id, 'accept', { name: 'Ada Tan' });
  expect(await crm.refused(accept())).toEqual([409, 'quote.not-open']);
  await crm.book('list', { prices: [each(99), each(99, 'B')] });
  expect((await crm.tell(id, 'send')).body).toMatchObject({ state: 'sent', gross: 3749 });
  const both = await Promise.all([accept(), accept()]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { body } = await crm.at('GET /v1/quotes/{id}', id);
  expect(body).toMatchObject({ state: 'accepted', acceptedBy: 'Ada Tan' });
  const order = (await crm.at('GET /v1/orders/{id}', body.orderId)).body;
  expect(order).toMatchObject({ status: 'placed', number: id, customerId: crm.customerId, total: { amount: 3749 } });
  expect(order.lines.map(({ name, quantity, price }: Body) => [name, quantity, (price as Body).amount])).toEqual([
    ['Volt <7>', 3, 1000],
    ['Volt <7>', 1, 0],
    ['B', 1, 500],
  ]);
  expect(await crm.refused(crm.tell(id, 'revise'))).toEqual([409, 'quote.not-open']);
  const types = await crm.timeline(crm.customerId);
  expect(types.slice(0, 4).sort()).toEqual(['order.created', 'quote.accepted', 'quote.created', 'quote.sent']);
});

test('a revision is a quote of its own at today’s price, and what it revises is closed', async () => {
  const crm = await quoting();
  const { id } = (await crm.create()).body;
  await crm.tell(id, 'send');
  await crm.book('list', { prices: [each(20), each(5, 'B')] });
  const revised = await crm.tell(id, 'revise', { lines: [{ sku: 'A', quantity: 1 }] });
  expect([revised.status, revised.body.revision, revised.body.net, revised.body.revises]).toEqual([201, 2, 2000, id]);
  expect(revised.body.id).not.toBe(id);
  const old = (await crm.at('GET /v1/quotes/{id}', id)).body;
  expect([old.state, old.revisedBy]).toEqual(['revised', revised.body.id]);
  for (const verb of ['send', 'accept', 'decline', 'revise'])
    expect((await crm.tell(id, verb, verb === 'accept' ? { name: 'Ada' } : {})).status, verb).toBe(409);
  await crm.tell(revised.body.id, 'send');
  const declined = await crm.tell(revised.body.id, 'decline', { reason: 'too much' });
  expect(declined.body).toMatchObject({ state: 'declined', reason: 'too much' });
  expect((await crm.tell(revised.body.id, 'revise')).body.revision).toBe(3);
  const listed = async (query: Record<string, string>) =>
    (await crm.ask('GET /v1/quotes', { query })).body.items.map(({ revision }: Body) => revision);
  expect(await listed({ customerId: crm.customerId })).toEqual([3, 2, 1]);
  expect(await listed({ state: 'declined' })).toEqual([]);
  expect(await listed({ customerId: crm.customerId, state: 'revised' })).toEqual([2, 1]);
});

test('the document shows the lines and no floor, and what people wrote as text', async () => {
  const crm = await quoting();
  const { id } = (await crm.create({ text: '<script>alert(1)</script>' })).body;
  const { status, headers, body } = await crm.at('GET /v1/quotes/{id}/document', id);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(body).toContain('Volt &#60;7&#62;');
  expect(body).toContain('37.49');
  expect(body).not.toMatch(/<script|floor/);
});

test('what cannot become an order is no quote', async () => {
  const crm = await quoting();
  const bad = (more: Body) => crm.badFields(crm.create(more));
  expect(
    await bad({
      lines: [
        { sku: 'A', quantity: '1.5' },
        { sku: 'B', quantity: 0 },
      ],
    }),
  ).toEqual([...[422, 'lines.0.quantity', 'lines.1.quantity']]);
  expect(await bad({ validUntil: '2020-01-01' })).toEqual([422, 'validUntil']);
  expect(await bad({ lines: [{ sku: 'X' }] })).toEqual([422, 'lines.0.sku']);
  const nobody = crm.create({ customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z' });
  expect(await crm.refused(nobody)).toEqual([404, 'customer.not-found']);
  expect((await crm.at('GET /v1/quotes/{id}', 'quo_01jd5e7k3m9q2r4t6v8w0x1y2z')).status).toBe(404);
});

test('quotes follow a merge, and an erasure leaves nothing of the person in them', async () => {
  const crm = await quoting();
  const { id } = (await crm.create({ text: 'Dear Ada' })).body;
  await crm.tell(id, 'send');
  await crm.tell(id, 'accept', { name: 'Ada Tan' });
  const into = await crm.person();
  await crm.merge(into, crm.customerId);
  expect((await crm.at('GET /v1/quotes/{id}', id)).body.customerId).toBe(into);
  await crm.at('POST /v1/customers/{id}/erase', into, { body: { reason: 'asked' } });
  await crm.idle();
  const left = (await crm.at('GET /v1/quotes/{id}', id)).body;
  expect([left.gross, left.acceptedBy, left.text]).toEqual([3749, undefined, undefined]);
});

const documentOf = async ({ token, url }: { token: string; url: string }, id: string, accept: string) => {
  const headers = { authorization: `Bearer ${token}`, accept };
  const reply = await fetch(`${url}/v1/quotes/${id}/document`, { headers });
  return { type: reply.headers.get('content-type'), file: Buffer.from(await reply.arrayBuffer()) };
};

test('the document is a PDF for who prefers one: its text can be read back in every script', async () => {
  const crm = await quoting();
  const text = `Grüße, Żółć — Привет, Ελλάδα, Đặng, नमस्ते, 報價 报价单 カタカナ\n${'x'.repeat(300)}\nno glyph: \u{1f600}\u{13000}`;
  const { id } = (await crm.create({ text, validUntil: '2099-01-31' })).body;
  const { type, file } = await documentOf(crm, id, 'application/pdf');
  expect([type, file.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  const read = pdfText(file).replaceAll('\n', '');
  for (const word of ['Grüße', 'Żółć', 'Привет', 'Ελλάδα', 'Đặng', 'नमस्ते', '報價', '报价单', 'カタカナ', 'Volt <7>'])
    expect(read, word).toContain(word);
  expect(read).toMatch(/x{300}.*37\.49.*2099/);
  expect(read).not.toContain('floor');
  expect(file.length).toBeLessThan(200_000);
  expect((await documentOf(crm, id, 'application/pdf')).file.equals(file)).toBe(true);
  for (const accept of ['*/*', 'text/html, application/pdf;q=0.5', 'application/pdf;q=0'])
    expect((await documentOf(crm, id, accept)).type, accept).toBe('text/html; charset=utf-8');
});
