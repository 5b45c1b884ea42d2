import { normaliseEmail } from '../../shared/text/email.ts';
import { idsIn, type Mail } from './read-mail.ts';

/** What became of a mail to one recipient. `hard`: the address or its host does not exist. */
export type Delivery = {
  recipient: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  status: string | null;
  hard: boolean;
  reason: string;
};

/** A report of another machine about mails of ours. */
export type MailReport =
  | { kind: 'bounce' | 'delivery-report'; recipients: Delivery[]; originals: string[] }
  | { kind: 'complaint'; recipient: string | null; feedback: string; originals: string[] }
  | { kind: 'receipt' };

const fieldsOf = (block: string) =>
  new Map(
    [...block.replace(/\r?\n[ \t]+/g, ' ').matchAll(/^([\w-]+):[ \t]*(.*)$/gm)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.trim(),
    ]),
  );

const addressIn = (text = '') => {
  const [found] = /[^\s<>;:,"'()[\]]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+/i.exec(text) ?? [];
  return found ? normaliseEmail(found.replace(/^[.'=]+|\.$/g, '')) : '';
};

/** the classes of reasons, in the order in which they are looked for; only the last two are of an address that does not exist */
const soft: RegExp[] = [
  /mailbox.{0,25}(?:full|exceeded)|over ?quota|quota (?:exceeded|violation)|exceed(?:s|ed).{0,30}(?:quota|storage|limit|size)|insufficient (?:system )?storage|not enough (?:disk )?space|out of disk|too large/i,
  /\bspam\b|blacklist|blocklist|block(?:ed)? (?:list|using|by)|\bdnsbl\b|\brbl\b|reputation|\bvirus|malware|policy|content.{0,20}reject|not accept.{0,20}content|banned|bad header|due to recipient preferences/i,
  /relay(?:ing)? (?:not|access|denied|is)|not permitted to relay|\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|authentication (?:required|fail)|reverse (?:dns|lookup)|\bptr\b|sender (?:address )?(?:rejected|verif)|domain of sender|my name was rejected|invalid domain name|\bhelo\b|\behlo\b/i,
  /disabled|suspend|inactive|not active|deactivated|account (?:is )?(?:locked|closed)|temporar|greylist|try again|too many|rate limit|timed? ?out|timeout|expired|connection (?:refused|reset|lost)|retry time not reached|too (?:fast|old)|queue too long/i,
];

const unknownHost =
  /host (?:or domain )?(?:name )?(?:not found|unknown|not known)|unknown (?:host|domain)|(?:host|domain) .{0,80}(?:not found|does(?: not|n.t) exist|unknown)|no such (?:host|domain)|nxdomain|name (?:or service|service) (?:error|not known)|unrouteable mail domain|all relevant MX records point to non-?existent|could(?: not|n.t) (?:find|resolve).{0,40}(?:host|domain|MX)|no (?:valid )?MX|bad(?: destination)? (?:system|host)|invalid domain|illegal host\/domain/i;

const unknownUser =
  /(?:user|recipient|mailbox|account|address|addressee|alias|member)\b.{0,80}?(?:unknown|not (?:found|known|exist|listed|local|recogni[sz]ed|a valid)|does(?: not|n.t) (?:exist|have)|doesn.t|no longer|invalid|unavailable|nonexist|rejected: (?:user|no)|isn.t)|(?:unknown|no such|invalid|bad|non-?existent|undeliverable|not a (?:known|valid)) .{0,25}(?:user|recipient|mailbox|address|account|local[- ]part)|no (?:mailbox|account|recipient|user)\b.{0,20}(?:here|by that name|found|such)|user.{0,20}not.{0,20}(?:in|on) .{0,30}(?:directory|system|host)|unrouteable address|RecipNotFound|RESOLVER\.ADR\.(?:RecipNotFound|ExRecipNotFound)|is not our (?:customer|user)|not listed in|this address no longer|not our customer/i;

/** statuses that say by themselves that the address, or its host, does not exist (RFC 3463) */
const goneStatus = /^[45]\.(?:1\.[123]|1\.10|4\.4)$/;

const isHard = (text: string, status: string | null): boolean => {
  if (unknownUser.test(text) && !soft[0]!.test(text)) return !soft.slice(1, 3).some(reason => reason.test(text));
  if (unknownHost.test(text)) return !soft[2]!.test(text) && !/try again/i.test(text);
  if (soft.some(reason => reason.test(text))) return false;
  return status !== null && goneStatus.test(status);
};

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

const statusIn = (text: string) => /(?:^|[\s#(=;-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)>;,:-])/.exec(text)?.[1] ?? null;

const delivery = (
  recipient: string,
  text: string,
  given: { action?: string; status?: string | null } = {},
): Delivery => {
  const status = given.status ?? statusIn(text);
  const fallback = status?.startsWith('4') ? 'delayed' : status?.startsWith('2') ? 'delivered' : 'failed';
  const action = actions.find(one => one === given.action?.toLowerCase()) ?? fallback;
  const failed = action === 'failed' || action === 'delayed';
  return {
    recipient,
    action,
    status,
    hard: failed && isHard(text, status),
    reason: text.replace(/\s+/g, ' ').trim().slice(0, 300),
  };
};

/** the blocks of a delivery status (RFC 3464): the first is of the mail, each other of a recipient */
const statusOf = (text: string, narrative: string): Delivery[] =>
  text.split(/\r?\n[ \t]*\r?\n/).flatMap(block => {
    const fields = fieldsOf(block);
    const named = fields.get('original-recipient') ?? fields.get('final-recipient');
    const recipient = addressIn(fields.get('final-recipient')) || addressIn(named);
    if (!recipient || !(fields.has('action') || fields.has('status'))) return [];
    const diagnostic = fields.get('diagnostic-code')?.replace(/^\s*[\w-]+\s*;\s*/, '') ?? '';
    const status = statusIn(fields.get('status') ?? '');
    // many machines write a general status, and what they know in the text
    const words = /[a-z]{3}/i.test(diagnostic) ? diagnostic : `${diagnostic} ${narrative}`;
    return [delivery(recipient, words, { action: fields.get('action')?.split(/[\s(;]/)[0] ?? '', status })];
  });

const originalIn = (mail: Mail): string => {
  const part = mail.parts.find(
    ({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers' || type === 'message/global',
  );
  return part?.bytes.toString('utf8') ?? '';
};

const copies =
  /^\s*(?:-{2,}.*(?:copy of|original|message follows|headers follow|included).*|.*(?:below this line is a copy|copy of the message|original message (?:follows|header)|message header follows|returned message).*|received: from .*|return-path: .*)$/im;

/** the words of the machine, without the mail that it returns */
const narrativeOf = (mail: Mail) => {
  const at = copies.exec(mail.text)?.index ?? -1;
  return (at > 0 ? mail.text.slice(0, at) : mail.text).slice(0, 20_000);
};

const machines =
  /^(?:mailer-?daemon|postmaster|mail-?daemon|mail(?:er)?|mdaemon|root|nobody|no-?reply|bounces?)(?:[+@.-]|$)/i;

const subjects =
  /undeliver|not? deliver|delivery (?:status|fail|report|problem|notification|errors?)|returned (?:mail|to sender)|return(?:ed)? message|failure notice|mail (?:delivery|system|failure|could not)|delivery.{0,20}(?:fail|delay)|non-?delivery|(?:message|mail|email).{0,30}(?:could not be|cannot be|not) delivered|failed|unzustellbar|no se ha podido|non remis|配信|bounce|warning: could not send|error mail/i;

const mostRecipients = 100;

/** recipients that a machine names in words, each with the words about it */
const namedIn = (mail: Mail, narrative: string): Delivery[] => {
  const failed = mail
    .header('x-failed-recipients')
    .flatMap(value => value.split(','))
    .map(addressIn)
    .filter(Boolean);
  const own = new Set([mail.from?.email, ...mail.to.map(({ email }) => email)]);
  const lines = narrative.split('\n');
  const found = new Map<string, string>(failed.map(one => [one, narrative]));
  if (!failed.length) {
    for (const [nth, line] of lines.entries()) {
      const address = addressIn(line);
      if (!address || machines.test(address) || own.has(address) || found.has(address)) continue;
      found.set(address, lines.slice(nth, nth + 6).join('\n'));
    }
  }
  return [...found]
    .slice(0, mostRecipients)
    .map(([recipient, about], _, all) => delivery(recipient, all.length === 1 ? narrative : about));
};

const bounceOf = (mail: Mail, isReport: boolean): MailReport | undefined => {
  const narrative = narrativeOf(mail);
  const status = mail.parts
    .find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type))
    ?.bytes.toString('utf8');
  const original = originalIn(mail);
  const originals = idsIn(
    fieldsOf(original.slice(0, 20_000)).get('message-id') ?? /^message-id:\s*(<\S+>)/im.exec(mail.text)?.[1],
  );
  const told = status ? statusOf(status, narrative) : [];
  const looksLikeOne =
    isReport ||
    status !== undefined ||
    (machines.test(mail.from?.email ?? mail.header('from')[0] ?? '') && subjects.test(mail.subject)) ||
    mail.header('x-failed-recipients').length > 0 ||
    (mail.header('return-path')[0] === '<>' && subjects.test(mail.subject));
  if (!looksLikeOne) return undefined;
  const to = addressIn(fieldsOf(original.slice(0, 20_000)).get('to'));
  const named = told.length ? told : namedIn(mail, narrative);
  const recipients = named.length ? named : [delivery(to, narrative)];
  const isFailure = recipients.some(({ action }) => action === 'failed' || action === 'delayed');
  return { kind: isFailure ? 'bounce' : 'delivery-report', recipients: recipients.slice(0, mostRecipients), originals };
};

/** The report that a mail is, if a machine sent it about mails of ours: a bounce, a delivery, a complaint, a receipt. */
export const reportOf = (mail: Mail): MailReport | undefined => {
  const type = (mail.header('content-type')[0] ?? '').toLowerCase();
  const feedback = mail.parts.find(part => part.type === 'message/feedback-report');
  if (feedback) {
    const fields = fieldsOf(feedback.bytes.toString('utf8'));
    const original = fieldsOf(originalIn(mail).slice(0, 20_000));
    const recipient = addressIn(fields.get('original-rcpt-to')) || addressIn(original.get('to')) || null;
    return {
      kind: 'complaint',
      recipient,
      feedback: fields.get('feedback-type') ?? 'abuse',
      originals: idsIn(original.get('message-id')),
    };
  }
  const isDisposition = /report-type="?disposition-notification/.test(type);
  if (isDisposition || mail.parts.some(part => part.type === 'message/disposition-notification'))
    return { kind: 'receipt' };
  return bounceOf(mail, /report-type="?delivery-status/.test(type));
};
