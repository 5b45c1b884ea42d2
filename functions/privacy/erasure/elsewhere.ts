import { shortLived } from '../../shared/aws/file-keys.ts';
import type { Receipt } from './erasure.ts';

/** Where bytes of an erased customer may be for a while that this stack keeps and cannot change, or that others keep. */
export const elsewhere: Receipt['elsewhere'] = [
  { where: 'point-in-time backups of the table', until: '35 days after the erasure' },
  { where: 'the change stream of the table', until: '24 hours after the erasure' },
  { where: 'events that could not be delivered, in dead-letter queues', until: '14 days after they were put there' },
  { where: 'pre-signed links to files that are gone', until: 'an hour after they were made: they lead nowhere' },
  {
    where: 'files that somebody puts up with a link handed out before',
    until: `${shortLived.days} days after they were put up`,
  },
  {
    where: 'messages that were sent: with the recipient and with the providers of e-mail and SMS',
    until: 'as they say',
  },
  { where: 'what was exported, printed or passed to other systems before', until: 'as their owners say' },
  {
    where: 'free text about others that names the customer without its id: in notes, lists, templates, triggers',
    until: 'somebody changes it',
  },
];
