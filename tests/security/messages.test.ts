import { expect, test } from 'vitest';
import { world } from '../world.ts';

const signature = /[\w-]{16,}\.[\w-]{43}(?![\w-])/;

/** a customer that was sent a sign-in code, a link to confirm a consent, and a newsletter with links */
const setUp = async () => {
  const crm = await world();
  const email = `ada.${crm.tenant}@example.com`;
  const { id } = (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', familyName: 'Tan', email } })).body;
  const asked = { params: { id, channel: 'email', topic: 'news' }, body: { source: 'desk' } };
  const signIn = await crm.ask('POST /v1/portal/sign-in', { token: null, body: { tenant: crm.tenant, email } });
  const requested = await crm.ask('POST /v1/customers/{id}/consents/{channel}/{topic}/request', asked);
  expect(requested.status).toBeLessThan(300);
  await crm.idle();
  const mails = await crm.outbox(email);
  const code = /\b\d{6}\b/.exec(mails.find(({ text }) => /sign-in code/.test(text))?.text)?.[0] ?? '';
  const link = mails.map(({ text }) => /\S*\/v1\/confirm-consent\/\S+/.exec(text)?.[0]).find(Boolean) ?? '';
  return { ...crm, id, email, mails, code, link, nonce: signIn.body.nonce };
};

test('a code and a signed link reach the mailbox, and work', async () => {
  const crm = await setUp();
  expect(crm.code).toMatch(/^\d{6}$/);
  expect(crm.mails.map(({ subject }) => subject).join()).not.toMatch(/\d{6}/);
  const { email, tenant, code, nonce } = crm;
  const body = { tenant, email, code, nonce };
  expect((await crm.ask('POST /v1/portal/token', { token: null, body })).status).toBe(201);
  const confirmed = await fetch(crm.link.replace(/^https?:\/\/[^/]+/, crm.url), { method: 'POST' });
  expect(confirmed.status).toBe(200);
  const consents = await crm.ask('GET /v1/customers/{id}/consents', { params: { id: crm.id } });
  expect(consents.body.items).toMatchObject([{ topic: 'news', status: 'granted' }]);
});

test('neither is found in messages, their contents, the timeline, or the export of the customer', async () => {
  const crm = await setUp();
  const listed = await crm.ask('GET /v1/messages', { query: { customerId: crm.id } });
  expect(listed.body.items).toHaveLength(2);
  const contents = await Promise.all(
    listed.body.items.map(({ id }: { id: string }) => crm.ask('GET /v1/messages/{id}', { params: { id } })),
  );
  expect(contents.map(({ body }) => body.content.text).join()).toMatch(
    /sign-in code is •••[\s\S]*confirm-consent\/•••|confirm-consent\/•••[\s\S]*sign-in code is •••/,
  );
  const timeline = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: crm.id } });
  const exported = await crm.ask('GET /v1/customers/{id}/export', { params: { id: crm.id } });
  expect(exported.status).toBe(200);
  for (const { body } of [listed, ...contents, timeline, exported]) {
    const text = JSON.stringify(body);
    expect(text).not.toMatch(signature);
    expect(text).not.toMatch(new RegExp(`\\b${crm.code}\\b`));
  }
});

test('the contents of messages are shown with a scope of their own', async () => {
  const crm = await setUp();
  const { body: opened } = await crm.ask('POST /v1/cases', {
    body: { customerId: crm.id, subject: 'Brakes', type: 'enquiry', channel: 'web' },
  });
  await crm.idle();
  const reply = { params: { id: opened.id }, body: { body: 'The part is on its way' } };
  expect((await crm.ask('POST /v1/cases/{id}/reply', reply)).status).toBe(200);
  await crm.idle();
  const { items } = (await crm.ask('GET /v1/messages', { query: { customerId: crm.id } })).body;
  const content = async (role: string) =>
    (await crm.ask('GET /v1/messages/{id}', { params: items[0], token: await crm.tokenFor([role]) })).body.content;
  expect(await content('marketer')).toBeNull();
  expect(await content('analyst')).toBeNull();
  expect(await content('sales')).toBeNull();
  const requested = async (role: string) =>
    (
      await crm.ask('GET /v1/customers/{id}/timeline', {
        params: { id: crm.id },
        query: { type: 'message.requested' },
        token: await crm.tokenFor([role]),
      })
    ).body.items[0];
  expect((await requested('agent')).data.scope.answer).toBe('The part is on its way');
  expect((await requested('marketer')).data).toEqual({
    channel: 'email',
    topic: null,
    autoSubmitted: 'no',
    cause: opened.id,
    step: expect.any(String),
    thread: { mailbox: null, references: [] },
  });
  expect(await content('agent')).toMatchObject({ text: 'The part is on its way\n' });
});
