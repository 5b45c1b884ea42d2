import { describe, expect, test } from 'vitest';
import { safeHtml } from '../../functions/conversations/safe-html.ts';
import { letter, mailWorld } from './mail-world.ts';

const part = (type: string, name: string, bytes: Buffer | string) =>
  `--B\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64')}\r\n`;

const mixed = (...parts: string[]) =>
  letter({ text: `--B\n\nSee attached.\n`, headers: { 'Content-Type': 'multipart/mixed; boundary=B' } }) +
  `${parts.join('')}--B--\r\n`;

const bounced = (recipient: string, code: string, words: string) =>
  letter({
    from: 'MAILER-DAEMON@mx.example',
    subject: 'Undelivered Mail Returned to Sender',
    headers: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=B', 'Return-Path': '<>' },
    text: `--B\n\nIt could not be delivered.\n\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: ${code}\nDiagnostic-Code: smtp; 550 ${code} ${words}\n\n--B--`,
  });

describe('what machines send', () => {
  test('opens nothing, and is listed', async () => {
    const crm = await mailWorld();
    const done = await crm.post(letter({ headers: { 'Auto-Submitted': 'auto-replied' } }));
    expect(done).toMatchObject({ outcome: 'automatic', automatic: 'auto-reply' });
    expect(done.caseId).toBeUndefined();
    const { body } = await crm.ask('GET /v1/inbound', { query: { outcome: 'automatic' } });
    expect(body.items).toMatchObject([{ outcome: 'automatic', subject: 'Kettle', text: 'It leaks.' }]);
  });
  test('about an address that does not exist stops mails to it; a full mailbox does not', async () => {
    const crm = await mailWorld();
    const emails = [`gone@${crm.tenant}.example`, `full@${crm.tenant}.example`] as const;
    const create = async (email: string) =>
      (await crm.ask('POST /v1/customers', { body: { kind: 'person', email } })).body.id;
    const [gone, full] = [await create(emails[0]), await create(emails[1])];
    const hard = await crm.post(bounced(emails[0], '5.1.1', 'User unknown'));
    expect(hard).toMatchObject({
      outcome: 'bounce',
      automatic: 'bounce',
      bounce: [{ recipient: emails[0], hard: true, status: '5.1.1' }],
    });
    expect(await crm.post(bounced(emails[1], '5.2.2', 'Mailbox full'))).toMatchObject({
      outcome: 'bounce',
      bounce: [{ hard: false }],
    });
    const suppressed = async (id: string) => {
      const { body } = await crm.ask('GET /v1/customers/{id}/contactability', { params: { id } });
      return body.channels.find(({ channel }: { channel: string }) => channel === 'email').suppressed;
    };
    expect(await suppressed(gone)).toMatchObject({ reason: expect.stringContaining('User unknown') });
    expect(await suppressed(full)).toBeNull();
  });
  test('in a circle comes to an end: past 20 mails of one sender in an hour nothing opens', async () => {
    const crm = await mailWorld();
    const from = `bot@${crm.tenant}.example`;
    const outcomes: string[] = [];
    for (let nth = 0; nth < 22; nth++)
      outcomes.push((await crm.post(letter({ from, subject: `Status ${nth}` }))).outcome);
    expect(outcomes).toEqual([...Array(20).fill('case'), 'automatic', 'automatic']);
    await crm.idle();
    expect(await crm.outbox(from)).toHaveLength(5);
    expect((await crm.post(letter({ from: crm.mailbox }))).automatic).toBe('loop');
  }, 60_000);
});

test('a forged sender is quarantined by what our own receiver states, and can be released', async () => {
  const crm = await mailWorld();
  const forged = (id: string) =>
    letter({ headers: { 'Authentication-Results': `${id}; dmarc=fail header.from=customer.example` } });
  expect((await crm.post(forged('other.example'))).outcome).toBe('case');
  const held = await crm.post(forged(`mx.${crm.tenant}.example`));
  expect(held.outcome).toBe('quarantined');
  expect((await crm.post(forged('amazonses.com'))).outcome).toBe('quarantined');
  const params = { id: held.message.id };
  const released = await crm.ask('POST /v1/inbound/{id}/release', { params });
  expect(released.body).toMatchObject({ outcome: 'case', message: { text: 'It leaks.' } });
  expect((await crm.ask('POST /v1/inbound/{id}/release', { params })).status).toBe(409);
  expect((await crm.readCase(released.body.caseId)).subject).toBe('Kettle');
});

test('attachments are kept as they came; what could run is not', async () => {
  const crm = await mailWorld();
  const { caseId } = await crm.post(
    mixed(
      part('application/pdf', 'bill.pdf', '%PDF-1.7'),
      part('application/pdf', 'bill.pdf.exe', 'x'),
      part('image/png', 'a.png', 'MZ\x90\0'),
    ),
  );
  const [{ attachments, rawUrl }] = await crm.messages(caseId);
  expect(attachments).toMatchObject([
    { name: 'bill.pdf', type: 'application/pdf', size: 8, blocked: null },
    { name: 'bill.pdf.exe', blocked: 'type', url: null },
    { name: 'a.png', blocked: 'type', url: null },
  ]);
  const file = await fetch(attachments[0].url);
  expect(await file.text()).toBe('%PDF-1.7');
  expect(await (await fetch(rawUrl)).text()).toContain('Subject: Kettle');
});

test('a text message joins the open case of its number; a chat that of its conversation; a form opens its own', async () => {
  const crm = await mailWorld();
  const phone = '+6591234567';
  await crm.ask('POST /v1/customers', { body: { kind: 'person', phone } });
  const send = async (body: object) => (await crm.ask('POST /v1/inbound', { body })).body;
  const first = await send({ channel: 'sms', externalId: 'SM1', from: { phone }, text: 'Is it ready?' });
  expect(first.outcome).toBe('case');
  await crm.idle();
  expect(await send({ channel: 'sms', externalId: 'SM1', from: { phone }, text: 'Is it ready?' })).toMatchObject({
    outcome: 'duplicate',
  });
  expect(await send({ channel: 'sms', externalId: 'SM2', from: { phone }, text: 'Hello?' })).toMatchObject({
    outcome: 'thread',
    caseId: first.caseId,
  });
  const chat = { channel: 'chat', conversationId: 'c1', from: { email: 'ada@chat.example' } };
  const one = await send({ ...chat, text: 'Hi' });
  expect(await send({ ...chat, text: 'Anybody?' })).toMatchObject({ outcome: 'thread', caseId: one.caseId });
  const { body: key } = await crm.ask('POST /v1/write-keys', { body: { name: 'site', kind: 'public' } });
  const { number } = await crm.readCase(one.caseId);
  const authorization = `Basic ${Buffer.from(`${key.key}:`).toString('base64')}`;
  const form = await crm.ask('POST /v1/inbound/forms', {
    body: { from: { email: 'ada@chat.example' }, subject: number, text: 'It is me' },
    token: null,
    headers: { authorization },
  });
  expect(form.status).toBe(202);
  expect(await crm.messages(one.caseId)).toHaveLength(2);
  expect((await crm.ask('POST /v1/inbound', { body: { channel: 'sms', from: {}, text: 'x' } })).status).toBe(422);
});

test('a mailbox gives its queue and category to its cases, and belongs to one company', async () => {
  const crm = await mailWorld();
  const params = { address: crm.mailbox };
  expect((await crm.ask('PUT /v1/mailboxes/{address}', { params, body: { queueId: 'none' } })).status).toBe(422);
  await crm.ask('PUT /v1/queues/{id}', { params: { id: 'repairs' }, body: { name: 'Repairs', skills: [], weight: 1 } });
  await crm.ask('PUT /v1/mailboxes/{address}', { params, body: { queueId: 'repairs', topic: 'kettles' } });
  const { caseId } = await crm.post(letter());
  await crm.idle();
  expect(await crm.readCase(caseId)).toMatchObject({ queue: 'repairs', category: 'kettles' });
  const other = await mailWorld();
  expect((await other.ask('PUT /v1/mailboxes/{address}', { params, body: {} })).body.code).toBe('mailbox.taken');
  await crm.ask('DELETE /v1/mailboxes/{address}', { params });
  expect((await other.ask('PUT /v1/mailboxes/{address}', { params, body: {} })).status).toBe(201);
});

test.each([
  ['<p onclick="x()">Hi <b>you</b></p>', '<p>Hi <b>you</b></p>'],
  [
    '<a href="java&#115;cript:alert(1)">x</a><a href="https://a.example/?a=1&amp;b=2">y</a>',
    '<a>x</a><a href="https://a.example/?a=1&amp;b=2">y</a>',
  ],
  ['<img src="https://spy.example/1.gif"><img src="cid:a@b" alt=\'"\'>', '<img><img src="cid:a@b" alt="&quot;">'],
  ['<script>alert(1)</script><style>p{}</style>ok<iframe src=x></iframe>', 'ok'],
  ['<<script>script>alert(1)</script>', '&lt;'],
  ['<img src=x onerror=alert(1)', '&lt;img src=x onerror=alert(1)'],
])('HTML is built anew without what runs or is fetched: %s', (html, safe) => {
  expect(safeHtml(html)).toBe(safe);
});
