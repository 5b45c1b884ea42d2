import type { Letter } from '../service/cases/case.ts';
import type { Calendar } from './mail/automatic.ts';
import type { Part } from './mail/read-mail.ts';
import type { MailReport } from './mail/read-report.ts';
import type { Mailbox } from './mailbox.ts';

type Address = NonNullable<Letter['from']>;

/** What arrived, whatever the channel: adapters translate into this and decide nothing. */
export type InboundMessage = {
  channel: string;
  /** the id that the channel gave it; null where it gives none */
  externalId: string | null;
  /** what makes it the same message when it comes again */
  identity: string;
  /** who sent it; its address is what takes part in a thread */
  from: Address | null;
  /** whose case it is, where that is another */
  customer: { email?: string | undefined; phone?: string | undefined; name?: string | undefined };
  to: Address[];
  cc: Address[];
  subject: string;
  text: string;
  html: string | null;
  quoted: string;
  files: Part[];
  /** ids of the messages, or of the conversation, that it answers, the nearest first */
  references: string[];
  /** the case that a signed address named */
  signedCase: string | undefined;
  automatic: Letter['automatic'];
  report: MailReport | undefined;
  calendar: Calendar | null;
  /** whether somebody vouches for its sender: the channel, or the receiver of a mail */
  proves: boolean;
  /** why it is not trusted */
  distrust: string | null;
  mailbox: Mailbox | null;
  raw: Uint8Array | null;
};

/** the address that counts for threads and limits */
export const addressOf = ({ from }: Pick<InboundMessage, 'from'>): string => from?.email ?? from?.phone ?? '';
