import { randomUUID } from 'node:crypto';
import { answer, type Input } from '../runtime/operations.ts';
import { AwsError, type Service } from '../runtime/service.ts';
import type { Outbox } from './outbox.ts';

type Attribute = { Name?: string; Value?: { StringValue?: string }; StringValue?: string };

const invalid = (what: string) => new AwsError('InvalidParameter', `Invalid parameter: ${what}`);

/** message attributes by name, from the map the SDKs show or the list the query protocol carries */
const attributes = (given: Record<string, Attribute> | Attribute[] = {}): Record<string, string> => {
  const entries: [string, Attribute][] = Array.isArray(given)
    ? given.map(one => [one.Name ?? '', one])
    : Object.entries(given);
  return Object.fromEntries(
    entries.map(([name, { Value, StringValue }]) => [name, Value?.StringValue ?? StringValue ?? '']),
  );
};

/** SNS, text messages only: Publish to a phone number goes to the outbox. */
export function smsService(outbox: Outbox) {
  const publish = ({ PhoneNumber, TopicArn, TargetArn, Message, MessageAttributes }: Input) => {
    if (TopicArn || TargetArn) throw invalid('TopicArn Reason: the local SNS sends to phone numbers only');
    if (!/^\+[1-9]\d{6,14}$/.test(PhoneNumber ?? ''))
      throw invalid(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
    if (!Message) throw invalid('Empty message');
    if (Message.length > 1600) throw invalid('Message too long');
    const tags = attributes(MessageAttributes);
    const messageId = randomUUID();
    outbox.add({
      channel: 'sms',
      from: tags['AWS.SNS.SMS.SenderID'] ?? tags['AWS.MM.SMS.OriginationNumber'] ?? '',
      to: [PhoneNumber],
      cc: [],
      bcc: [],
      subject: '',
      headers: [],
      text: Message,
      html: '',
      tags,
      messageId,
      raw: Message,
    });
    return { MessageId: messageId };
  };

  return {
    name: 'sns',
    types: [],
    provide: () => ({ ref: '', attributes: {} }),
    call: (operation: string, input: Input) => answer({ Publish: publish }, 'SNS', operation, input),
  } satisfies Service;
}
