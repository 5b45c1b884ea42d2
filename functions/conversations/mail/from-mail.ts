import type { InboundMessage } from '../inbound-message.ts';
import { safeHtml } from '../safe-html.ts';
import { automaticOf, calendarOf, isForged } from './automatic.ts';
import { type Mail, readMail } from './read-mail.ts';
import { reportOf } from './read-report.ts';
import { trimReply } from './trim-reply.ts';

/** what SES says of a mail */
export type Verdicts = { spam?: string | undefined; virus?: string | undefined; dmarc?: string | undefined };

export type Arrived = {
  raw: Uint8Array;
  now: string;
  /** the address of the mailbox */
  to: string;
  verdicts?: Verdicts;
  mailbox: InboundMessage['mailbox'];
  signedCase?: string | undefined;
};

/** bytes of each text that is stored; the whole mail is kept as a file */
const most = { text: 60_000, html: 120_000 };

const cut = (text: string, bytes: number) =>
  Buffer.byteLength(text) <= bytes
    ? text
    : Buffer.from(text)
        .subarray(0, bytes)
        .toString('utf8')
        .replace(/\ufffd+$/, '…');

const distrustOf = (mail: Mail, { to, verdicts = {} }: Arrived): string | null => {
  if (verdicts.virus === 'FAIL') return 'a virus was found in it';
  if (verdicts.spam === 'FAIL') return 'it is spam';
  if (verdicts.dmarc === 'FAIL' || isForged(mail, to)) return 'its sender is forged: DMARC failed';
  return null;
};

const unreadable = ({ mailbox, raw, to }: Arrived): InboundMessage => ({
  channel: 'email',
  externalId: null,
  identity: Buffer.from(raw).toString('latin1').slice(0, 20_000),
  from: null,
  customer: {},
  to: [{ email: to, name: '' }],
  ...{ cc: [], subject: '', text: '', html: null, quoted: '', files: [], references: [] },
  ...{ signedCase: undefined, automatic: null, report: undefined, calendar: null },
  proves: false,
  distrust: 'it is not a readable mail',
  mailbox,
  raw,
});

/** of a mail without an id: its sender, date and text */
const identityOf = ({ messageId, from, text, header }: Mail) =>
  JSON.stringify([from?.email, header('date')[0] ?? '', messageId ?? text.slice(0, 5000)]);

const named = (address: Mail['from']) =>
  address ? { email: address.email, ...(address.name && { name: address.name }) } : {};

/** An e-mail as the message that it is. */
export const fromMail = async (arrived: Arrived): Promise<InboundMessage> => {
  const { raw, now, mailbox, signedCase } = arrived;
  const mail = await readMail(raw, now);
  if (!mail) return unreadable(arrived);
  const { from, to, cc, subject, messageId, references, html } = mail;
  const { text, quoted } = trimReply(mail.text);
  const report = reportOf(mail);
  return {
    channel: 'email',
    externalId: messageId,
    identity: identityOf(mail),
    from,
    customer: named(mail.replyTo ?? from),
    ...{ to, cc, subject },
    text: cut(text, most.text),
    html: html === null ? null : cut(safeHtml(html.slice(0, 500_000)), most.html),
    quoted: cut(quoted, most.text),
    files: mail.parts,
    references,
    signedCase,
    automatic: automaticOf(mail),
    report,
    calendar: calendarOf(mail),
    proves: true,
    distrust: from || report ? distrustOf(mail, arrived) : 'it names no sender',
    mailbox,
    raw,
  };
};
