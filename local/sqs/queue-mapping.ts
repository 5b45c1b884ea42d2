import { filterOf } from '../runtime/filter.ts';
import { FunctionError, type Platform } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import type { Consumer, QueueMessage } from './queues.ts';

/** batches of one queue that run at a time, unless the template sets fewer */
export const usualConcurrency = 4;

const attribute = ({ DataType, StringValue, BinaryValue }: NonNullable<QueueMessage['MessageAttributes']>[string]) => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

const recordOf = (message: QueueMessage, arn: string, region: string) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes,
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attribute(value)]),
  ),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: region,
});

type Record_ = ReturnType<typeof recordOf>;

const json = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Passes a queue's messages to a function; returns those to be retried. Messages that the filter does not match are done. */
export const consumerOf = (properties: Properties, platform: Platform): Consumer => {
  const wanted = filterOf(properties.FilterCriteria);
  const partial = properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  const arn: string = properties.EventSourceArn;

  const failedOf = (reply: Properties | null, sent: Record_[]): string[] => {
    if (!partial) return [];
    const failed = (reply?.batchItemFailures ?? []).map(({ itemIdentifier }: Properties) => itemIdentifier);
    const known = new Set(sent.map(({ messageId }) => messageId));
    // an identifier that is not of this batch fails all of it
    return failed.every((id: string) => known.has(id)) ? failed : [...known];
  };

  return async messages => {
    const records = messages.map(message => recordOf(message, arn, platform.region));
    const chosen = records.filter(record => wanted({ ...record, body: json(record.body) }));
    if (!chosen.length) return [];
    try {
      const reply = await platform.invoke(properties.FunctionName, { Records: chosen });
      return failedOf(reply as Properties | null, chosen);
    } catch (error) {
      if (!(error instanceof FunctionError)) platform.warn(`${properties.FunctionName}: ${String(error)}`);
      return chosen.map(({ messageId }) => messageId);
    }
  };
};
