import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMail } from '../../functions/conversations/mail/read-mail.ts';
import { reportOf } from '../../functions/conversations/mail/read-report.ts';
import { trimReply } from '../../functions/conversations/mail/trim-reply.ts';
import { letter, mailWorld } from './mail-world.ts';

const folder = process.env.RAPPORT_DATASETS ?? '';
const isThere = Boolean(folder) && existsSync(join(folder, 'mail-expected.ndjson'));
const linesOf = (name: string) =>
  isThere
    ? readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
    : [];

test.skipIf(!isThere)(
  'what becomes of each mail of a collection: RAPPORT_DATASETS has mail-expected.ndjson',
  async () => {
    const crm = await mailWorld();
    const ids = { t1: '', t3: '' };
    ids.t1 = (
      await crm.post(
        letter({ id: '<t1@customer.example>', from: 'Ada Lovelace <ada@customer.example>', subject: 'Delivery late' }),
      )
    ).caseId;
    ids.t3 = (
      await crm.post(letter({ id: '<t3@customer.example>', headers: { 'In-Reply-To': '<t1@customer.example>' } }))
    ).caseId;
    expect(ids.t3).toBe(ids.t1);
    const wrong: unknown[] = [];
    let nth = 0;
    for (const expected of linesOf('mail-expected.ndjson')) {
      // beyond the limit of one sender nothing opens a case
      if (++nth % 15 === 0) await crm.advance('PT1H1M');
      const raw = readFileSync(join(folder, 'mail', expected.file.split('/')[1]));
      const got = await crm.post(raw);
      const opens = got.outcome === 'case';
      const is = {
        opensCase: expected.opensCase === 'policy' ? 'policy' : got.outcome === 'quarantined' ? 'quarantined' : opens,
        autoReply: got.outcome === 'automatic',
        bounce: got.outcome === 'bounce',
        ...(expected.text && { text: got.message?.text }),
        ...('subject' in expected && { subject: got.message?.subject }),
        ...(expected.from && { from: got.message?.from?.email }),
        ...(typeof expected.attachments === 'number' && { attachments: got.message?.attachments.length }),
        ...(expected.thread === 'T' && { thread: got.caseId === ids.t1 ? 'T' : got.caseId }),
        ...(expected.cc && { cc: got.message?.cc.map((one: { email: string }) => one.email) }),
        ...(expected.dsn && { hard: got.bounce?.[0]?.hard }),
        ...(expected.calendar && { calendar: got.message?.calendar }),
      };
      const wanted = Object.fromEntries(
        Object.keys(is).map(key => [key, key === 'hard' ? expected.dsn.hard : expected[key]]),
      );
      if (JSON.stringify(is) !== JSON.stringify(wanted)) wrong.push({ file: expected.file, is, wanted });
    }
    expect(wrong).toEqual([]);
  },
);

test.skipIf(!isThere)(
  'whether a bounce is a hard one: 52 of 60 as sisimai says, RAPPORT_DATASETS has mail-bounces.ndjson',
  async () => {
    let right = 0;
    const all = linesOf('mail-bounces.ndjson');
    for (const { raw, recipients } of all) {
      const mail = await readMail(Buffer.from(raw, 'base64'), '2026-12-01T00:00:00.000Z');
      const report = mail && reportOf(mail);
      const hard = report?.kind === 'bounce' && report.recipients.map(one => one.hard);
      if (JSON.stringify(hard) === JSON.stringify(recipients.map((one: { hard: boolean }) => one.hard))) right++;
    }
    expect(right).toBeGreaterThanOrEqual(52);
  },
);

test.skipIf(!isThere)(
  'replies are parted from quotes as Discourse parts them: RAPPORT_DATASETS has mail-reply-trimming.ndjson',
  () => {
    const wrong = linesOf('mail-reply-trimming.ndjson').filter(
      ({ text, reply }) => trimReply(text).text !== reply.trim(),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  },
);
