import { expect, test } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { world } from '../world.ts';
import { merging } from './merge-pair.ts';

const oneClick = {
  token: null,
  body: 'List-Unsubscribe=One-Click',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};

test('messages, decisions and consent requests move with the record; nothing is published or sent again', async () => {
  const crm = merging(await world());
  const mail = slice(crm);
  const [ada, twin] = [await mail.customer(), await mail.customer()];
  await mail.consent(twin.id);
  const ordered = { source: ['rapport.sales'], 'detail-type': ['order.completed'] };
  await mail.trigger((await mail.template()).id, { when: ordered });
  await crm.order(twin.id, 'o-1');
  const request = await crm.ask('POST /v1/cases', {
    body: { customerId: twin.id, subject: 'Brakes', description: 'They squeak', type: 'enquiry', channel: 'web' },
  });
  expect(request.status).toBe(201);
  await crm.idle();
  expect(await crm.outbox(twin.email)).not.toEqual([]);
  const before = { mails: (await crm.outbox(twin.email)).length, messages: await mail.messages(twin.id) };
  const link = (await crm.outbox(twin.email))
    .flatMap(({ headers }: Row) => headers)
    .find(({ name }: Row) => name === 'List-Unsubscribe').value as string;

  expect((await crm.merge(ada.id, twin.id)).status).toBe(200);
  await crm.idle();
  expect((await crm.outbox(twin.email)).length).toBe(before.mails);
  expect(await crm.outbox(ada.email)).toEqual([]);
  const messages = await mail.messages(ada.id);
  expect(messages.map(({ id }) => id)).toEqual(before.messages.map(({ id }) => id));
  expect(await mail.messages(twin.id)).toEqual([]);
  // of the order, and of the case that was acknowledged
  expect(await mail.decisions(ada.id, 'message')).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
  expect((await crm.view(ada.id)).cases).toMatchObject([{ subject: 'Brakes' }]);
  expect((await crm.ask('GET /v1/cases', { query: { customerId: ada.id } })).body.items).toHaveLength(1);

  // a link in a mail that went out to the other record before
  await crm.ask(`POST ${new URL(link.slice(1, -1)).pathname}`, oneClick);
  await crm.order(ada.id, 'o-2');
  await crm.idle();
  expect((await crm.view(ada.id)).consents).toMatchObject([{ topic: 'news', status: 'withdrawn' }]);
  expect(await crm.outbox(ada.email)).toEqual([]);

  expect((await crm.unmerge(ada.id, twin.id)).status).toBe(200);
  await crm.idle();
  expect((await mail.messages(twin.id)).map(({ id }) => id)).toEqual(before.messages.map(({ id }) => id));
  expect((await crm.view(twin.id)).consents).toMatchObject([{ topic: 'news', status: 'withdrawn' }]);
  expect((await crm.view(twin.id)).cases).toMatchObject([{ subject: 'Brakes' }]);
});
