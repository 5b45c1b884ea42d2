import type { SQSRecord } from 'aws-lambda';
import { faultOf, log } from './log.ts';
import { queueCall } from './queues.ts';

/** Has its queue deliver a message again after some seconds, instead of the visibility timeout of the queue. */
export const showAgain = async ({ eventSourceARN, receiptHandle }: SQSRecord, seconds: number): Promise<void> => {
  const input = { ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
  try {
    await queueCall(eventSourceARN, 'ChangeMessageVisibility', input);
  } catch (error) {
    // it is delivered again in any case
    log('warn', 'a message waits for the visibility timeout', faultOf(error));
  }
};
