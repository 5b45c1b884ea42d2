import * as z from 'zod';
import { caseInAddress, partsOfAddress } from '../messaging/reply-address.ts';
import { postOffice } from '../shared/aws/file-keys.ts';
import { filesOf } from '../shared/aws/files.ts';
import { faultOf, log } from '../shared/aws/log.ts';
import { type Ctx, ctxOf } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { clock } from '../shared/time/clock.ts';
import { fromMail, type Verdicts } from './mail/from-mail.ts';
import { addressees, mailboxes } from './mailbox.ts';
import { type Handled, receive } from './receive.ts';

const Verdict = z.object({ status: z.string() }).optional();

/** what SES says of a mail that it put into the bucket */
const Arrival = z.object({
  Records: z
    .array(
      z.object({
        ses: z.object({
          mail: z.object({ messageId: z.string().regex(/^[\w-]{1,200}$/) }),
          receipt: z.object({
            recipients: z.array(z.string()),
            spamVerdict: Verdict,
            virusVerdict: Verdict,
            dmarcVerdict: Verdict,
          }),
        }),
      }),
    )
    .min(1),
});

const contextOf = (tenant: string): Ctx => ctxOf({ tenant, actor: 'rapport:receiveMail', now: clock() });

/** the company and the mailbox that an address belongs to */
const addresseeOf = async (to: string): Promise<{ tenant: string; address: string } | undefined> => {
  const { store } = contextOf(postOffice);
  const parts = partsOfAddress(to);
  for (const address of [to, ...(parts ? [parts.base] : [])]) {
    const found = await store.get(addressees, { id: address });
    if (found) return { tenant: found.tenant, address };
  }
  return parts?.tenant && tenantName.test(parts.tenant) ? { tenant: parts.tenant, address: parts.base } : undefined;
};

type Mail = { raw: Uint8Array; verdicts: Verdicts };

/** undefined where the address is no company's */
const deliverTo = async (recipient: string, { raw, verdicts }: Mail): Promise<Handled | undefined> => {
  const to = normaliseEmail(recipient);
  const addressee = await addresseeOf(to);
  if (!addressee) return undefined;
  const ctx = contextOf(addressee.tenant);
  const { now, store, tenant } = ctx;
  const signedCase = await caseInAddress(to, { tenant, now });
  const mailbox = (await store.get(mailboxes, { address: addressee.address })) ?? null;
  // an address that names a company proves nothing by itself
  if (!mailbox && !signedCase) return undefined;
  const message = await fromMail({ raw, now, to: addressee.address, verdicts, mailbox, signedCase });
  return retryOnConflict(() => receive(message, contextOf(tenant)));
};

/** A mail from SES: it gives what became of it for each of its recipients. Delivered again it changes nothing. */
export const handler = async (event: unknown): Promise<(Handled | null)[]> => {
  const { ses } = Arrival.parse(event).Records[0]!;
  const { recipients, spamVerdict, virusVerdict, dmarcVerdict } = ses.receipt;
  try {
    const raw = await filesOf(postOffice, { short: true }).read(`inbound/${ses.mail.messageId}`);
    const verdicts = { spam: spamVerdict?.status, virus: virusVerdict?.status, dmarc: dmarcVerdict?.status };
    const handled: (Handled | null)[] = [];
    for (const recipient of recipients) handled.push((await deliverTo(recipient, { raw, verdicts })) ?? null);
    const outcomes = handled.map(one => one?.outcome ?? 'no mailbox');
    log('info', 'mail received', { mail: ses.mail.messageId, outcomes });
    return handled;
  } catch (error) {
    log('error', 'mail not received', { mail: ses.mail.messageId, ...faultOf(error) });
    throw error;
  }
};
