import { arnOf } from '../runtime/arn.ts';
import type { Platform } from '../runtime/service.ts';
import { bareAddress, type Captured } from './outbox.ts';

type Kind = 'send' | 'delivery' | 'bounce' | 'complaint' | 'open' | 'click';
export type MailEvent = {
  Source: string;
  DetailType: string;
  Detail: string;
  EventBusName: string;
  Resources: string[];
};

const names: Record<Kind, { detailType: string; eventType: string }> = {
  send: { detailType: 'Email Sent', eventType: 'Send' },
  delivery: { detailType: 'Email Delivered', eventType: 'Delivery' },
  bounce: { detailType: 'Email Bounced', eventType: 'Bounce' },
  complaint: { detailType: 'Email Complaint Received', eventType: 'Complaint' },
  open: { detailType: 'Email Opened', eventType: 'Open' },
  click: { detailType: 'Email Clicked', eventType: 'Click' },
};

const mailbox = (address: string) =>
  /^([a-z]+)(\+[^@]*)?@simulator\.amazonses\.com$/i.exec(bareAddress(address))?.[1]?.toLowerCase();

const mailOf = (platform: Platform, mail: Captured, configurationSet: string) => {
  const domain = bareAddress(mail.from).split('@')[1]!;
  const own = { 'ses:operation': 'SendEmail', 'ses:configuration-set': configurationSet, 'ses:from-domain': domain };
  const tags = Object.entries({ ...own, 'ses:source-ip': '127.0.0.1', 'ses:caller-identity': 'local', ...mail.tags });
  const { from, to, cc, subject, messageId, at, headers } = mail;
  return {
    timestamp: at,
    source: from,
    sourceArn: arnOf(platform, 'ses', `identity/${domain}`),
    sendingAccountId: platform.account,
    messageId,
    destination: [...to, ...cc, ...mail.bcc].map(bareAddress),
    headersTruncated: false,
    headers,
    commonHeaders: { from: [from], to, ...(cc.length && { cc }), messageId, subject },
    tags: Object.fromEntries(tags.map(([name, value]) => [name, [value]])),
  };
};

const bounceOf = (recipients: string[], mail: Captured, permanent = true) => ({
  bounceType: permanent ? 'Permanent' : 'Transient',
  bounceSubType: permanent ? 'General' : 'MailboxFull',
  bouncedRecipients: recipients.map(emailAddress => ({
    emailAddress,
    action: 'failed',
    status: permanent ? '5.1.1' : '4.2.2',
    diagnosticCode: permanent ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 452 4.2.2 mailbox full',
  })),
  timestamp: mail.at,
  feedbackId: `${mail.messageId}-bounce`,
  reportingMTA: 'dns; local.amazonses.com',
});

const complaintOf = (recipients: string[], mail: Captured) => ({
  complainedRecipients: recipients.map(emailAddress => ({ emailAddress })),
  timestamp: mail.at,
  feedbackId: `${mail.messageId}-complaint`,
  userAgent: 'Amazon SES Mailbox Simulator',
  complaintFeedbackType: 'abuse',
  arrivalDate: mail.at,
});

const deliveryOf = (recipients: string[], mail: Captured) => ({
  timestamp: mail.at,
  processingTimeMillis: 1,
  recipients,
  smtpResponse: '250 OK',
  reportingMTA: 'local.amazonses.com',
});

const eventOf = (platform: Platform, mail: Captured, configurationSet: string, [kind, details]: [Kind, object]) => ({
  kind,
  entry: (EventBusName: string): MailEvent => ({
    Source: 'aws.ses',
    DetailType: names[kind].detailType,
    Detail: JSON.stringify({
      eventType: names[kind].eventType,
      mail: mailOf(platform, mail, configurationSet),
      [kind]: details,
    }),
    EventBusName,
    Resources: [arnOf(platform, 'ses', `configuration-set/${configurationSet}`)],
  }),
});

const recipientsOf = (mail: Captured) => [...mail.to, ...mail.cc, ...mail.bcc].map(bareAddress);

/** what a mailbox does with a mail after it was delivered */
export type Report = {
  kind: 'bounce' | 'complaint' | 'open' | 'click';
  at: string;
  userAgent: string;
  ip: string;
  link: string;
  permanent: boolean;
};

const reported = (mail: Captured, { kind, at, userAgent, ip, link, permanent }: Report): object => {
  const seen = { timestamp: at, ipAddress: ip, userAgent };
  if (kind === 'open') return seen;
  if (kind === 'click') return { ...seen, link, linkTags: null };
  return kind === 'bounce' ? bounceOf(recipientsOf(mail), mail, permanent) : complaintOf(recipientsOf(mail), mail);
};

/** the event of a report about a mail that was sent */
export const reportEvent = (platform: Platform, mail: Captured, configurationSet: string, report: Report) =>
  eventOf(platform, mail, configurationSet, [report.kind, reported(mail, report)]);

/** The events of a sent message, in order: Send, then one for each outcome; simulator addresses bounce and complain. */
export const mailEvents = (platform: Platform, mail: Captured, configurationSet: string) => {
  const recipients = recipientsOf(mail);
  const bounced = recipients.filter(address => ['bounce', 'suppressionlist'].includes(mailbox(address) ?? ''));
  const arrived = recipients.filter(address => !bounced.includes(address));
  const complained = recipients.filter(address => mailbox(address) === 'complaint');
  const events: [Kind, object][] = [['send', {}]];
  if (arrived.length) events.push(['delivery', deliveryOf(arrived, mail)]);
  if (bounced.length) events.push(['bounce', bounceOf(bounced, mail)]);
  if (complained.length) events.push(['complaint', complaintOf(complained, mail)]);
  return events.map(event => eventOf(platform, mail, configurationSet, event));
};
