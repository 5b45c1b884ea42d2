import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Fault, faultOf } from './handed-over.ts';
import { tags } from './message-tags.ts';
import type { Parcel } from './send-email.ts';

let client: SNSClient | undefined;
const sns = () => (client ??= new SNSClient({ maxAttempts: 1 }));

const final = new Set(['InvalidParameterException', 'InvalidParameter', 'InvalidParameterValueException', 'OptedOut']);

const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Hands a text message to SNS, once. */
export const sendSms = async ({ tenant, message, content }: Parcel): Promise<Fault | undefined> => {
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
    return faultOf(error, final);
  }
};
