import PostalMime, { type Address, type Attachment, type Email as Parsed } from 'postal-mime';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { textOfHtml } from '../../shared/text/html-to-text.ts';

export type Mailbox = { email: string; name: string };

/** A part of a mail that is a file, or a report of a machine. */
export type Part = { name: string; type: string; bytes: Buffer; inline: boolean; contentId: string | null };

/** A mail as it was read, of which nothing is decided. */
export type Mail = {
  from: Mailbox | null;
  replyTo: Mailbox | null;
  to: Mailbox[];
  cc: Mailbox[];
  subject: string;
  messageId: string | null;
  /** the ids of the mails that it answers, the nearest first */
  references: string[];
  date: string;
  text: string;
  html: string | null;
  parts: Part[];
  /** all values of a header, in its order */
  header(name: string): string[];
};

const mailboxOf = ({ name, address = '' }: { name: string; address?: string | undefined }): Mailbox[] => {
  const email = normaliseEmail(address);
  return isEmail(email) ? [{ email, name: name.trim().slice(0, 200) }] : [];
};

const mailboxes = (addresses: Address[] = []): Mailbox[] =>
  addresses.flatMap(one => (one.group ? one.group.flatMap(mailboxOf) : mailboxOf(one))).slice(0, 100);

const bytesOf = ({ content }: Attachment) =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array);

const partOf = (part: Attachment, nth: number): Part => ({
  name: part.filename?.trim().slice(0, 200) || `part-${nth + 1}`,
  type: part.mimeType.toLowerCase().slice(0, 120),
  bytes: bytesOf(part),
  inline: part.disposition === 'inline' || Boolean(part.related),
  contentId: part.contentId?.replace(/^<|>$/g, '') ?? null,
});

const mostReferences = 40;

/** message ids in a header; what is not in angle brackets is none */
export const idsIn = (header = '') => header.match(/<[^<>\s]{1,250}>/g) ?? [];

/** the nearest first: In-Reply-To, then References from the end */
const referencesOf = ({ inReplyTo, references }: Parsed) =>
  [...new Set([...idsIn(inReplyTo), ...idsIn(references).reverse()])].slice(0, mostReferences);

/** a date that cannot be read, or one of the future, is that of its receipt */
const dateOf = ({ date = '' }: Parsed, now: string) => {
  const read = new Date(date);
  return Number.isNaN(read.getTime()) || read.toISOString() > now ? now : read.toISOString();
};

const options = { forceRfc822Attachments: true, maxNestingDepth: 200, maxHeadersSize: 512 * 1024 };

/** Reads a raw mail; undefined where it is none: it has no sender and no other header of a mail. */
export const readMail = async (raw: Uint8Array, now: string): Promise<Mail | undefined> => {
  const parsed = await PostalMime.parse(raw, options).catch(() => undefined);
  if (!parsed?.headers.some(({ key }) => key === 'from' || key === 'sender' || key === 'return-path')) return undefined;
  const { from, sender, replyTo, to, cc, subject = '', messageId, html, text } = parsed;
  const header = (name: string) => parsed.headers.filter(({ key }) => key === name).map(({ value }) => value.trim());
  return {
    from: mailboxes(from ? [from] : sender ? [sender] : [])[0] ?? null,
    replyTo: mailboxes(replyTo)[0] ?? null,
    to: mailboxes(to),
    cc: mailboxes(cc),
    subject: subject
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 300),
    messageId: idsIn(messageId)[0] ?? null,
    references: referencesOf(parsed),
    date: dateOf(parsed, now),
    text: (text?.trim() ? text : html ? textOfHtml(html) : '').replaceAll('\0', ''),
    html: html?.replaceAll('\0', '') ?? null,
    parts: parsed.attachments.map(partOf),
    header,
  };
};
