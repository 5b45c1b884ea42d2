import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';
import { slice } from './slice.ts';

/** path of the unsubscribe link of the latest e-mail */
const linkIn = async (crm: World, email: string) => {
  const mail = (await crm.outbox(email)).at(-1);
  const header = mail?.headers.find(({ name }: { name: string }) => name === 'List-Unsubscribe').value as string;
  return new URL(header.slice(1, -1)).pathname;
};

const oneClick = {
  token: null,
  body: 'List-Unsubscribe=One-Click',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};

test('one click ends the topic at once, whatever else is on its way; granting again takes it up again', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.consent(ada.id, 'granted', 'email', 'other');
  await crm.request(ada.id);
  await crm.idle();
  const path = await linkIn(crm, ada.email);

  const seen = await crm.ask(`GET ${path}`, { token: null });
  expect(seen.status).toBe(200);
  expect(seen.headers.get('content-type')).toContain('text/html');
  expect(seen.body).toContain('<form method="post">');
  expect(seen.body).toContain('Do you no longer want <strong>news</strong> (E-mail) from us?');
  await crm.request(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(2); // looking does not unsubscribe

  const clicked = await crm.ask(`POST ${path}`, oneClick);
  expect(clicked.status).toBe(200);
  for (const page of [clicked, await crm.ask(`GET ${path}`, { token: null })]) {
    expect(page.body).toContain('You are unsubscribed');
    expect(page.body).toContain('You no longer get <strong>news</strong> (E-mail) from us.');
    expect(page.body).not.toContain('<form');
  }
  await crm.request(ada.id); // before customers had a chance to hear of it
  await crm.request(ada.id, { topic: 'other' });
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(3);
  const reasons = (await crm.messages(ada.id)).map(({ reason }) => reason).filter(Boolean);
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(/^(unsubscribed from news by email on|no consent to news by email: withdrawn on)/);
  const { body } = await crm.ask('GET /v1/customers/{id}/view', { params: { id: ada.id } });
  const consents = Object.fromEntries(
    body.consents.map(({ topic, status }: { topic: string; status: string }) => [topic, status]),
  );
  expect(consents).toEqual({ news: 'withdrawn', other: 'granted' });
  expect(await crm.timeline(ada.id, 'message.unsubscribed')).toMatchObject([{ actor: `customer:${ada.id}` }]);

  await crm.consent(ada.id);
  expect((await crm.ask(`GET ${path}`, { token: null })).body).toContain('<form method="post">');
  await crm.request(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(4);
});

test('a link that was tampered with is not found, and changes nothing', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  const path = await linkIn(crm, ada.email);
  const [claims = '', signature = ''] = path.split('/').at(-1)!.split('.');
  const other = Buffer.from(
    Buffer.from(claims, 'base64url').toString().replace('"topic":"news"', '"topic":"other"'),
  ).toString('base64url');
  const foreign = Buffer.from(Buffer.from(claims, 'base64url').toString().replace(crm.tenant, 'nobody')).toString(
    'base64url',
  );
  for (const token of [
    `${other}.${signature}`,
    `${foreign}.${signature}`,
    `${claims}.`,
    claims,
    'x',
    `${claims}.${signature}x`,
  ]) {
    for (const method of ['GET', 'POST']) {
      const { status, body } = await crm.ask(`${method} /v1/unsubscribe/${token}`, { token: null });
      expect([method, token, status]).toEqual([method, token, 404]);
      expect(body).toContain('This link is not valid');
    }
  }
  await crm.request(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(2);
});

test('an e-mail that shows the link itself gets no second one; a transactional one has none', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const body = '<p>Bye? <a href="{{ unsubscribeUrl }}">Leave</a></p>';
  await crm.request(ada.id, { content: { subject: 'Own link', body } });
  await crm.request(ada.id, { content: { subject: 'Receipt', body: 'Paid' }, topic: null });
  await crm.idle();
  const mails = Object.fromEntries((await crm.outbox(ada.email)).map(mail => [mail.subject, mail]));
  expect(mails['Own link']?.html.match(/\/v1\/unsubscribe\//g)).toHaveLength(1);
  expect(mails.Receipt?.text).toBe('Paid');
  expect(mails.Receipt?.headers.map(({ name }: { name: string }) => name)).not.toContain('List-Unsubscribe');
});

test('the page of an unsubscribe link leads to no preferences once the customer’s links were revoked', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  const path = await linkIn(crm, ada.email);
  const page = async () => (await crm.ask(`GET ${path}`, { token: null })).body as string;
  expect(await page()).toContain('/v1/preferences?token=');
  await crm.advance('PT1S');
  await crm.ask('POST /v1/customers/{id}/tokens/revoke', { params: { id: ada.id } });
  expect(await page()).not.toContain('/v1/preferences?token=');
  expect((await crm.ask(`POST ${path}`, oneClick)).body).toContain('You are unsubscribed');
});
