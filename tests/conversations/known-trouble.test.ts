import { expect, test } from 'vitest';
import { letter, mailWorld } from './mail-world.ts';

/** what other products had trouble with, by their bug reports */

test('two mails that refer to one which never arrived here are one thread', async () => {
  const crm = await mailWorld();
  const headers = { References: `<private.${crm.tenant}@customer.example>` };
  const { caseId } = await crm.post(letter({ headers }));
  expect(await crm.post(letter({ text: 'Once more', headers }))).toMatchObject({ outcome: 'thread', caseId });
});

test('who was copied takes part; who got it from somebody does not', async () => {
  const crm = await mailWorld();
  const id = `<cc.${crm.tenant}@customer.example>`;
  const { caseId } = await crm.post(letter({ id, headers: { Cc: 'Bob <bob@customer.example>' } }));
  const answers = { 'In-Reply-To': id };
  expect(await crm.post(letter({ from: 'bob@customer.example', headers: answers }))).toMatchObject({
    outcome: 'thread',
    caseId,
  });
  expect((await crm.post(letter({ from: 'carl@customer.example', headers: answers }))).outcome).toBe('case');
});

test('an absence notice that answers an acknowledgement is shown in its case and changes nothing', async () => {
  const crm = await mailWorld();
  const { caseId } = await crm.post(letter());
  await crm.idle();
  await crm.ask('POST /v1/cases/{id}/resolve', { params: { id: caseId }, body: {} });
  await crm.idle();
  const [sent] = await crm.outbox('ada@customer.example');
  const headers = { 'In-Reply-To': `<${sent.messageId}@us-east-1.amazonses.com>`, 'Auto-Submitted': 'auto-replied' };
  expect(await crm.post(letter({ headers }))).toMatchObject({ outcome: 'automatic', automatic: 'auto-reply', caseId });
  expect((await crm.readCase(caseId)).status).toBe('resolved');
  expect((await crm.messages(caseId))[0]).toMatchObject({ automatic: 'auto-reply' });
});

test('an answer of the customer reopens a resolved case, once', async () => {
  const crm = await mailWorld();
  const id = `<again.${crm.tenant}@customer.example>`;
  const { caseId } = await crm.post(letter({ id }));
  await crm.idle();
  await crm.ask('POST /v1/cases/{id}/resolve', { params: { id: caseId }, body: {} });
  const raw = letter({ text: 'Not solved', headers: { 'In-Reply-To': id } });
  const both = await Promise.all([crm.post(raw), crm.post(raw)]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'thread']);
  await crm.idle();
  expect((await crm.readCase(caseId)).status).not.toBe('resolved');
  expect(await crm.messages(caseId)).toHaveLength(2);
});

test.each([
  ['an empty local part', { from: '<""@syma.example>' }, 'quarantined'],
  ['a name that is half encoded', { from: '"=?UTF-8?B?Kévin?=" <kevin@customer.example>' }, 'case'],
  ['an unknown character set', { headers: { 'Content-Type': 'text/plain; charset="1252"' } }, 'case'],
  ['HTML without <html>', { text: '<p>It leaks.</p>', headers: { 'Content-Type': 'text/html' } }, 'case'],
  ['a subject of many lines and a NUL', { subject: 'a\r\n b\0c' }, 'case'],
])('a mail with %s is not lost', async (_, fields, outcome) => {
  const crm = await mailWorld();
  const done = await crm.post(letter(fields));
  expect(done.outcome).toBe(outcome);
  if (outcome === 'case') expect(done.message.text).toContain('It leaks.');
});

test('a file name in the form of RFC 2231 is read', async () => {
  const crm = await mailWorld();
  const name = "UTF-8''F%C3%BChrerschein%20R%C3%BCckseite.jpg";
  const body = `--B\n\nHi\n\n--B\nContent-Type: image/jpeg;\n\tname*=${name}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment;\n\tfilename*=${name}\n\n/9j/\n--B--`;
  const { message } = await crm.post(
    letter({ text: body, headers: { 'Content-Type': 'multipart/mixed; boundary=B' } }),
  );
  expect(message.attachments).toMatchObject([{ name: 'Führerschein Rückseite.jpg', blocked: null }]);
});
