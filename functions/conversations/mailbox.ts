import * as z from 'zod';
import { Topic } from '../../events/customer.ts';
import { Key } from '../service/desk/fields.ts';
import { Slug } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';

export const MailboxFields = z.strictObject({
  queueId: Key.optional().describe('the queue of the cases that it opens; chosen by their content unless set'),
  topic: Topic.optional().describe('the category of these cases'),
  brandId: Slug.optional().describe('the look of the answers'),
});

/** An address that cases are opened from. */
export const Mailbox = z.object({ address: Email, ...MailboxFields.shape, ...stamps });
export type Mailbox = z.output<typeof Mailbox>;

export const mailboxes = entity('mailbox', Mailbox, {
  onErase: 'not-personal',
  key: ({ address }: { address: string }) => ({ of: ['mailbox', 'all'], part: address }),
});

/** which company has an address: of all companies, as a mail names none */
export const addressees = entity('addressee', z.object({ id: z.string(), tenant: z.string(), version: z.int() }), {
  onErase: 'not-personal',
});
