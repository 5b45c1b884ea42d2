import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

const encoded = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');

test('a link opens what it was made for and nothing else', async () => {
  const [crm, other] = [slice(await world()), await world()];
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  const [mail] = await crm.outbox(ada.email);
  const link = mail?.headers.find(({ name }: { name: string }) => name === 'List-Unsubscribe').value as string;
  const [text = '', signature] = link.slice(1, -1).split('/').at(-1)?.split('.') ?? [];
  const claims = JSON.parse(Buffer.from(text, 'base64url').toString());
  const changed = [
    { tenant: other.tenant },
    { tenant: '__proto__' },
    { tenant: `${crm.tenant}#x` },
    { customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z' },
    { topic: 'other' },
    { purpose: 'rating' },
  ].map(more => `${encoded({ ...claims, ...more })}.${signature}`);
  for (const token of [...changed, text, `${text}.`, `${text}.${signature}.x`, 'x.y', 'x'.repeat(2000)]) {
    for (const key of ['GET /v1/unsubscribe/{token}', 'POST /v1/unsubscribe/{token}', 'GET /v1/satisfaction/{token}'])
      expect([token, (await crm.ask(key, { token: null, params: { token } })).status]).toEqual([token, 404]);
  }
  const own = { token: null, params: { token: `${text}.${signature}` } };
  expect((await crm.ask('GET /v1/satisfaction/{token}', own)).status).toBe(404);
  expect((await crm.ask('GET /v1/unsubscribe/{token}', own)).status).toBe(200);
});

test('what customers and trackers say stays within its line of the mail’s head and is escaped in its body', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({
    givenName: 'Ada\r\nBcc: all@example.com',
    familyName: '<img src=x onerror=alert(1)>',
    attributes: { note: 'Hi\r\nBcc: eve@example.com', html: '<script>alert(1)</script>' },
  });
  await crm.consent(ada.id);
  await crm.ask('PUT /v1/settings/messaging', { body: { fromName: 'A"u\\to <eve@example.com>' } });
  const lines = await crm.ask('PUT /v1/settings/messaging', { body: { fromName: 'Auto\r\nBcc: eve@example.com' } });
  expect(lines.status).toBe(422);
  const template = await crm.template({
    subject: '{{ customer.attributes.note }} {{ customer.name }}',
    body: '<p>{{ customer.name }} {{ customer.attributes.html }}</p>',
  });
  await crm.trigger(template.id);
  await crm.happen(ada.id);
  await crm.idle();
  const [mail] = await crm.outbox(ada.email);
  expect(mail?.to).toEqual([ada.email]);
  expect(mail?.subject).toMatch(/^Hi Bcc: eve@example.com Ada/);
  expect(mail?.from).toMatch(/^"A\\"u\\\\to <eve@example.com>" <[^<>]+>$/);
  expect(mail?.headers.map(({ name }: { name: string }) => name.toLowerCase())).not.toContain('bcc');
  expect(mail?.html).not.toMatch(/<script|<img/i);
  expect(mail?.html).toContain('&lt;script&gt;');
});

test('characters of every plane go all the way', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ givenName: 'Ada 😀 𠮷' });
  const found = await crm.ask('GET /v1/customers', { query: { q: '𠮷' } });
  expect(found.body.items).toMatchObject([{ id: ada.id }]);
  await crm.consent(ada.id);
  await crm.trigger((await crm.template()).id);
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { familyName: '🚗 Tan' } });
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['Hello Ada 😀 𠮷']);
});
