import { conflict, problem } from '../shared/http/api-error.ts';

export const mailboxTaken = conflict('mailbox.taken', 'The address is a mailbox of another company on this stack.');
export const mailboxNotFound = problem('missing', 'mailbox.not-found', 'The mailbox does not exist.');
export const inboundNotQuarantined = conflict('inbound.not-quarantined', 'Only a quarantined mail can be released.');
export const senderMissing = problem(
  'invalid',
  'inbound.no-sender',
  'Give `from.email` or `from.phone`: nobody could be answered.',
);
