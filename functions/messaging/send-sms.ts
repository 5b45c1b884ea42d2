import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Fault, faultOf } from './handed-over.ts';
import type { Parcel } from './send-email.ts';

let client: SNSClient | undefined;
const sns = () => (client ??= new SNSClient({ maxAttempts: 1 }));

const final = new Set(['InvalidParameterException', 'InvalidParameter', 'InvalidParameterValueException', 'OptedOut']);

/** Hands a text message to SNS, once. */
export const sendSms = async ({ message, content }: Parcel): Promise<Fault | undefined> => {
  const type = message.topic === null ? 'Transactional' : 'Promotional';
  try {
    await sns().send(
      new PublishCommand({
        PhoneNumber: message.to ?? '',
        Message: content.text,
        MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: type } },
      }),
    );
    return undefined;
  } catch (error) {
    return faultOf(error, final);
  }
};
