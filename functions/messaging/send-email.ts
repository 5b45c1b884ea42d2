import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { env } from '../shared/aws/env.ts';
import { type Fault, faultOf } from './handed-over.ts';
import type { Message, MessageContent } from './message.ts';
import { tags } from './message-tags.ts';

// a retry after a lost reply could be a second e-mail
let client: SESv2Client | undefined;
const ses = () => (client ??= new SESv2Client({ maxAttempts: 1 }));

const final = new Set(['MessageRejected', 'BadRequestException']);

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** RFC 2047 where the name is not plain ASCII; quoted where it is */
const named = (name: string | undefined, address: string) => {
  if (!name) return address;
  const plain = /^[ -~]*$/.test(name);
  const shown = plain ? `"${name.replace(/["\\]/g, '\\$&')}"` : `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
  return `${shown} <${address}>`;
};

/** RFC 8058 */
const oneClick = (url: string) => [
  { Name: 'List-Unsubscribe', Value: `<${url}>` },
  { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
];

export type Parcel = { tenant: string; message: Message; content: MessageContent; fromName: string | undefined };

/** Hands an e-mail to SES, once. */
export const sendEmail = async ({ tenant, message, content, fromName }: Parcel): Promise<Fault | undefined> => {
  const { unsubscribeUrl, html, text } = content;
  try {
    await ses().send(
      new SendEmailCommand({
        FromEmailAddress: named(fromName, env.mailFrom()),
        Destination: { ToAddresses: [message.to ?? ''] },
        ConfigurationSetName: env.mailConfigurationSet(),
        EmailTags: tags(tenant, message),
        Content: {
          Simple: {
            Subject: utf8(content.subject ?? ''),
            Body: { Text: utf8(text), ...(html ? { Html: utf8(html) } : {}) },
            ...(unsubscribeUrl ? { Headers: oneClick(unsubscribeUrl) } : {}),
          },
        },
      }),
    );
    return undefined;
  } catch (error) {
    return faultOf(error, final);
  }
};
