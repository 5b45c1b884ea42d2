import { randomUUID } from 'node:crypto';
import { atomically } from '../runtime/atomically.ts';
import type { Platform } from '../runtime/service.ts';

/** A message a function sent, caught instead of delivered. `at` is RFC 3339 by the runtime's clock. */
export type Captured = {
  id: string;
  at: string;
  channel: 'email' | 'sms' | 'webhook';
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  headers: { name: string; value: string }[];
  text: string;
  html: string;
  tags: Record<string, string>;
  messageId: string;
  /** the whole message as it would go over the wire */
  raw?: string;
  /** of a webhook */
  url?: string;
  body?: string;
};
export type Outbox = {
  add(message: Omit<Captured, 'id' | 'at'>): Captured;
  /** by its messageId */
  find(messageId: string): Captured | undefined;
  remove(tag: string, value: string): void;
  /** newest last; `to` is an address or number, wherever it stood among the recipients */
  list(query?: { to?: string; channel?: string }): Captured[];
};

const schema = `
CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS outbox_recipients (address TEXT, seq INTEGER);
CREATE INDEX IF NOT EXISTS outbox_by_recipient ON outbox_recipients(address, seq);`;

export const bareAddress = (address: string) => (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim();

/** what two ways of writing one recipient have in common; a plus sign often arrives from a URL as a space */
const key = (recipient: string) => {
  if (URL.canParse(recipient) && /^https?:/.test(recipient)) return recipient;
  const bare = bareAddress(recipient).toLowerCase();
  return bare.includes('@') ? bare.replaceAll(' ', '+') : bare.replace(/\D/g, '');
};

export const openOutbox = ({ db, clock }: Platform): Outbox => {
  db.exec(schema);
  const insert = db.prepare('INSERT INTO outbox (channel, body) VALUES (?,?)');
  const address = db.prepare('INSERT INTO outbox_recipients VALUES (?,?)');
  const tagged = db.prepare('SELECT seq FROM outbox WHERE json_extract(body, ?) = ?');
  const removeMessage = db.prepare('DELETE FROM outbox WHERE seq = ?');
  const removeRecipients = db.prepare('DELETE FROM outbox_recipients WHERE seq = ?');
  const byMessageId = db.prepare("SELECT body FROM outbox WHERE json_extract(body, '$.messageId') = ?");
  const all = db.prepare('SELECT body FROM outbox WHERE ? IS NULL OR channel=? ORDER BY seq');
  const sentTo = db.prepare(
    `SELECT body FROM outbox WHERE seq IN (SELECT seq FROM outbox_recipients WHERE address=?)
      AND (? IS NULL OR channel=?) ORDER BY seq`,
  );

  return {
    add(message) {
      const captured = { id: randomUUID(), at: new Date(clock.now()).toISOString(), ...message };
      atomically(db, () => {
        const seq = insert.run(captured.channel, JSON.stringify(captured)).lastInsertRowid;
        const recipients = new Set([...captured.to, ...captured.cc, ...captured.bcc].map(key));
        for (const recipient of recipients) address.run(recipient, seq);
      });
      return captured;
    },
    find(messageId) {
      const found = byMessageId.get(messageId) as { body: string } | undefined;
      return found && (JSON.parse(found.body) as Captured);
    },
    remove(tag, value) {
      atomically(db, () => {
        for (const { seq } of tagged.all(`$.tags."${tag}"`, value)) {
          removeMessage.run(seq!);
          removeRecipients.run(seq!);
        }
      });
    },
    list({ to, channel } = {}) {
      const kind = channel ?? null;
      const rows = to === undefined ? all.all(kind, kind) : sentTo.all(key(to), kind, kind);
      return (rows as { body: string }[]).map(({ body }) => JSON.parse(body) as Captured);
    },
  };
};
