import { expect, test } from 'vitest';
import { candidatesOf } from '../../functions/messaging/choose-channel.ts';
import { portal } from '../portal/portal-world.ts';
import { world } from '../world.ts';
import { slice } from './slice.ts';

const news = { content: { subject: 'News', body: 'Hi {{ customer.givenName }}' } };

test('the preferred channel comes first, then those named, else push, e-mail and text', () => {
  expect(candidatesOf({ channel: 'email' }, 'sms')).toEqual(['email']);
  expect(candidatesOf({ channel: 'email', preferred: true }, 'sms')).toEqual(['sms', 'push', 'email']);
  expect(candidatesOf({ channel: 'email', fallback: ['inapp', 'sms'] }, 'sms')).toEqual(['email', 'inapp', 'sms']);
  expect(candidatesOf({ channel: 'sms', fallback: ['email', 'sms'], preferred: true }, undefined)).toEqual([
    'email',
    'sms',
  ]);
});

test('a message goes by the preferred channel, or by the next that the rules allow; the decision says why', async () => {
  const crm = slice(await world());
  const phone = '+6591112224';
  const ada = await crm.customer({ phone, preferredChannel: 'sms' });
  const { id: templateId } = await crm.template({ subject: 'Hi', body: '<p>Hi <b>{{ customer.givenName }}</b></p>' });
  const send = async () => {
    await crm.request(ada.id, { content: undefined, templateId, preferred: true });
    await crm.idle();
    return (await crm.messages(ada.id))[0];
  };
  await crm.consent(ada.id);
  expect(await send()).toMatchObject({ channel: 'email', state: 'delivered' });
  expect((await crm.decisions(ada.id, 'message'))[0]?.reasons.slice(0, 3)).toEqual([
    'by email, of sms, push, email',
    'not by sms: no consent to news by sms',
    'not by push: the customer has no address for push',
  ]);
  await crm.consent(ada.id, 'granted', 'sms');
  expect(await send()).toMatchObject({ channel: 'sms', to: phone });
  expect((await crm.outbox(phone)).map(({ text }) => text)).toEqual(['Hi Ada']);
});

test('in-app messages are read in the portal, by their customer only', async () => {
  const crm = slice(await world());
  const own = portal(crm);
  const [ada, eve] = [await own.person(), await own.person()];
  await crm.consent(ada.id, 'granted', 'inapp');
  await crm.request(ada.id, { channel: 'inapp', ...news });
  await crm.idle();
  const { body } = await own.as(ada, 'GET /v1/me/messages');
  expect(body.items).toMatchObject([{ subject: 'News', text: expect.stringMatching(/^Hi /), read: false }]);
  const params = { id: body.items[0].id };
  expect((await own.as(eve, 'GET /v1/me/messages')).body.items).toEqual([]);
  expect((await own.as(eve, 'POST /v1/me/messages/{id}/read', { params })).status).toBe(404);
  for (let nth = 0; nth < 2; nth++) {
    expect((await own.as(ada, 'POST /v1/me/messages/{id}/read', { params })).body).toMatchObject({ read: true });
  }
  expect((await own.as(ada, 'GET /v1/me/messages')).body.items).toMatchObject([{ read: true }]);
  expect(await crm.timeline(ada.id, 'message.opened')).toMatchObject([{ data: { channel: 'inapp', machine: false } }]);
});

test('webhooks and push messages are signed requests; a receiver that is wrong for good fails the message', async () => {
  const crm = slice(await world());
  const url = `https://hooks.example/${crm.tenant}`;
  await crm.settings({ webhook: { url }, push: { url: `${url}/push` } });
  const ada = await crm.customer();
  for (const channel of ['webhook', 'push']) await crm.consent(ada.id, 'granted', channel);
  const { id: templateId } = await crm.template({
    channel: 'webhook',
    subject: undefined,
    body: '{"for":"{{ customer.givenName }}"}',
  });
  await crm.request(ada.id, { channel: 'webhook', content: undefined, templateId });
  const device = { token: `token ${crm.tenant}`, platform: 'ios' };
  const added = await crm.ask('POST /v1/customers/{id}/devices', { params: { id: ada.id }, body: device });
  expect(added.status).toBe(201);
  await crm.request(ada.id, { channel: 'push', ...news });
  await crm.idle();
  const [call] = await crm.outbox(url);
  expect(call).toMatchObject({ channel: 'webhook', url, body: '{"for":"Ada"}' });
  const names = call.headers.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature']));
  const [push] = await crm.outbox(`${url}/push`);
  expect(JSON.parse(push.body)).toMatchObject({ devices: [device], title: 'News', body: 'Hi Ada' });
  expect((await crm.messages(ada.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  const bad = await crm.ask('POST /v1/templates', {
    body: { name: 'x', channel: 'webhook', subject: 'http://10.0.0.1/', body: 'x' },
  });
  expect([bad.status, bad.body.errors[0].path]).toEqual([422, 'subject']);
});

test('a call is made by its script: again when nobody answered, never again when the customer says so', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ phone: '+6591112225' });
  await crm.consent(ada.id, 'granted', 'phone');
  const call = async () => {
    await crm.request(ada.id, { channel: 'phone', ...news });
    await crm.idle();
    return (await crm.ask('GET /v1/calls')).body.items;
  };
  const [first] = await call();
  expect(first).toMatchObject({ to: '+6591112225', script: 'Hi Ada', state: 'open', attempts: 0 });
  const end = (outcome: string) =>
    crm.ask('POST /v1/calls/{id}/outcome', { params: { id: first.id }, body: { outcome, note: 'said so' } });
  const again = await end('noAnswer');
  expect(again.body).toMatchObject({ state: 'open', attempts: 1 });
  expect(Date.parse(again.body.dueAt) - Date.parse(again.body.updatedAt)).toBe(4 * 3_600_000);
  expect((await end('doNotCall')).body).toMatchObject({ state: 'done', outcome: 'doNotCall' });
  expect((await end('reached')).body.code).toBe('call.done');
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'complained', reason: 'asked not to be called' }]);
  expect(await call()).toEqual([]);
  expect((await crm.messages(ada.id))[0]?.reason).toContain('suppressed');
});
