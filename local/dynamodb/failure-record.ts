import { FunctionError } from '../runtime/service.ts';
import type { StreamRecord } from './stream-records.ts';

export type Failure = {
  functionArn: string;
  batch: StreamRecord[];
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  attempts: number;
  error: unknown;
  now: number;
};

const arrivalOf = ({ dynamodb }: StreamRecord) => new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();

/** What Lambda writes to the on-failure destination of a stream mapping: where the records are, not the records. */
export const failureRecord = ({ functionArn, batch, condition, attempts, error, now }: Failure) => {
  const [first, last] = [batch[0]!, batch.at(-1)!];
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: { functionArn, condition, approximateInvokeCount: attempts },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: error instanceof FunctionError ? 'Unhandled' : null,
    },
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001',
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(first),
      approximateArrivalOfLastRecord: arrivalOf(last),
      batchSize: batch.length,
      streamArn: first.eventSourceARN,
    },
  };
};
