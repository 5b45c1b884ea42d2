import type { Case } from '../cases/case.ts';

const subjects =
  /^\s*(?:(?:re|aw|fwd?):\s*)*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|automatische antwort|out of (?:the )?office|abwesenheit|réponse automatique|respuesta automática|undeliver(?:ed|able)|mail delivery|delivery status|returned mail|failure notice)/iu;
const senders = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@]|-)/i;
/** how our own acknowledgements begin */
const ours = /\[C-[0-9A-Z]{4}-[0-9A-Z]{4}\] We have received/i;

/** why a case must not be acknowledged: a machine wrote it; null when a person may have */
export const whyAutomatic = ({ automatic, subject, from }: Pick<Case, 'automatic' | 'subject' | 'from'>) => {
  if (automatic) return 'it was written by a machine';
  if (ours.test(subject)) return 'it is a reply to one of our own acknowledgements';
  if (subjects.test(subject)) return 'its subject is that of an automatic reply';
  if (from && senders.test(from.email)) return `${from.email} is an unattended mailbox`;
  return null;
};
