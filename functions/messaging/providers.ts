import { DeleteSuppressedDestinationCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../shared/aws/env.ts';
import { tags } from './delivery-progress.ts';
import type { Message, MessageContent } from './message.ts';

/** What a provider's error means: rejected for good, no capacity at present, not accepted, or unknown whether it was accepted. */
export type Failure = { kind: 'rejected' | 'throttled' | 'not accepted' | 'unknown'; name: string; reason: string };

/** sent too fast or too much, or sending is paused: of the account, not of the message */
const throttling =
  /^(TooManyRequests|LimitExceeded|Throttling|Throttled|RequestLimitExceeded|SendingPaused|AccountSuspended|AccountSendingPaused)/;

type ProviderError = Error & { $metadata?: { httpStatusCode?: number } };

/** a request that was answered with a client error was not accepted; after a server error or no answer it may have been */
const failureOf = (error: unknown, final: ReadonlySet<string>): Failure => {
  const { name, message, $metadata } = error as ProviderError;
  const reason = `${name}: ${message}`;
  const status = $metadata?.httpStatusCode ?? 0;
  if (final.has(name)) return { kind: 'rejected', name, reason };
  if (status === 429 || throttling.test(name)) return { kind: 'throttled', name, reason };
  return { kind: status >= 400 && status < 500 ? 'not accepted' : 'unknown', name, reason };
};

// a retry after a lost reply could send the message twice
let sesClient: SESv2Client | undefined;
const ses = () => (sesClient ??= new SESv2Client({ maxAttempts: 1 }));
let snsClient: SNSClient | undefined;
const sns = () => (snsClient ??= new SNSClient({ maxAttempts: 1 }));

const finalOfSes = new Set(['MessageRejected', 'BadRequestException']);
const finalOfSns = new Set([
  'InvalidParameterException',
  'InvalidParameter',
  'InvalidParameterValueException',
  'OptedOut',
]);

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** RFC 2047 where the name is not ASCII; quoted where it is */
const mailbox = (name: string | undefined, address: string) => {
  if (!name) return address;
  const plain = /^[ -~]*$/.test(name);
  const shown = plain ? `"${name.replace(/["\\]/g, '\\$&')}"` : `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
  return `${shown} <${address}>`;
};

/** what large mailbox providers ask of senders in bulk: the list (RFC 2919) and what its complaints are counted under */
const bulkHeaders = (tenant: string, { topic, campaignId, journeyId, cause }: Message) =>
  topic === null
    ? []
    : [
        { Name: 'List-Id', Value: `<${topic}.${tenant}.${env.mailFrom().split('@')[1]}>` },
        { Name: 'Feedback-ID', Value: `${campaignId ?? journeyId ?? cause}:${topic}:${tenant}:rapport`.slice(0, 500) },
      ];

/** RFC 8058, and RFC 3834: no responder answers a mail that no person has sent */
const headersOf = (
  { unsubscribeUrl, autoSubmitted = 'auto-generated' }: MessageContent,
  [nearest, ...before]: string[],
) => [
  { Name: 'Auto-Submitted', Value: autoSubmitted },
  // what Exchange asks of who wants no answer of a machine
  ...(autoSubmitted === 'auto-replied' ? [{ Name: 'X-Auto-Response-Suppress', Value: 'All' }] : []),
  ...(nearest
    ? [
        { Name: 'In-Reply-To', Value: nearest },
        { Name: 'References', Value: [...before.reverse(), nearest].join(' ') },
      ]
    : []),
  ...(unsubscribeUrl
    ? [
        { Name: 'List-Unsubscribe', Value: `<${unsubscribeUrl}>` },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ]
    : []),
];

export type Outgoing = {
  tenant: string;
  now: string;
  message: Message;
  content: MessageContent;
  sender: { name: string | undefined; address: string | undefined };
  repliesTo: string | undefined;
  /** ids of the mails that it answers, the nearest first */
  references: string[];
  /** whether the company records opens and clicks */
  tracking: boolean;
};

export const sendEmail = async ({
  tenant,
  message,
  content,
  sender: { name, address = env.mailFrom() },
  repliesTo,
  references,
  tracking,
}: Outgoing): Promise<Failure | undefined> => {
  const { html, text } = content;
  try {
    await ses().send(
      new SendEmailCommand({
        FromEmailAddress: mailbox(name, address),
        ...(repliesTo ? { ReplyToAddresses: [repliesTo] } : {}),
        Destination: { ToAddresses: [message.to ?? ''] },
        ConfigurationSetName: tracking && message.topic !== null ? env.mailTrackingSet() : env.mailConfigurationSet(),
        EmailTags: tags(tenant, message),
        Content: {
          Simple: {
            Subject: utf8(content.subject ?? ''),
            Body: { Text: utf8(text), ...(html ? { Html: utf8(html) } : {}) },
            Headers: [...headersOf(content, references), ...bulkHeaders(tenant, message)],
          },
        },
      }),
    );
    return undefined;
  } catch (error) {
    return failureOf(error, finalOfSes);
  }
};

/** SES keeps a list of its own of addresses that bounced or complained */
export const releaseEmail = async ({ channel, to }: Message) => {
  if (channel !== 'email' || !to) return;
  try {
    await ses().send(new DeleteSuppressedDestinationCommand({ EmailAddress: to }));
  } catch (error) {
    if ((error as Error).name !== 'NotFoundException') throw error;
  }
};

const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

export const sendSms = async ({ tenant, message, content }: Outgoing): Promise<Failure | undefined> => {
  const type = message.topic === null ? 'Transactional' : 'Promotional';
  try {
    await sns().send(
      new PublishCommand({
        PhoneNumber: message.to ?? '',
        Message: content.text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': attribute(type),
          ...Object.fromEntries(tags(tenant, message).map(({ Name, Value }) => [Name, attribute(Value)])),
        },
      }),
    );
    return undefined;
  } catch (error) {
    return failureOf(error, finalOfSns);
  }
};
