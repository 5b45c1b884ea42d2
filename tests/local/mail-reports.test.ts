import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('an e-mail of the outbox is the whole message; what becomes of it is reported as by the provider', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ givenName: 'Zoë' });
  await crm.consent(ada.id);
  await crm.request(ada.id, { content: { subject: 'Grüße {{ customer.givenName }}', body: '<p>Hi 😀</p>' } });
  await crm.idle();
  const [mail] = await crm.outbox(ada.email);
  expect(mail).toMatchObject({ channel: 'email', to: [ada.email], cc: [], bcc: [], subject: 'Grüße Zoë' });
  expect(mail.raw.split('\r\n').every((one: string) => one.length < 999 && !one.includes('\n'))).toBe(true);
  expect(mail.raw).toContain(`Subject: =?UTF-8?B?${Buffer.from('Grüße Zoë').toString('base64')}?=\r\n`);
  expect(mail.raw).toContain('Content-Type: multipart/alternative; boundary=');
  const { messageId } = mail;
  for (const type of ['open', 'click']) {
    expect((await crm.reportMail({ messageId, type, link: 'https://auto.example/' })).body).toEqual({ reported: true });
    await crm.idle();
  }
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'clicked' }]);
  await crm.reportMail({ messageId, type: 'bounce', permanent: false });
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'bounced', reason: 'smtp; 452 4.2.2 mailbox full' }]);
  await crm.reportMail({ messageId, type: 'complaint' });
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'complained' }]);
  expect((await crm.reportMail({ messageId: 'x', type: 'open' })).status).toBe(404);
  expect((await crm.reportMail({ messageId, type: 'shred' })).status).toBe(400);
});
