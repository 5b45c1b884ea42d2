import type { Engine } from './engine.ts';
import type { Table } from './tables.ts';

export type StreamRecord = {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  awsRegion: string;
  eventSourceARN: string;
  userIdentity?: { type: 'Service'; principalId: 'dynamodb.amazonaws.com' };
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number; Keys: Record<string, unknown> };
};

type Shard = { ShardId: string };

/** Reads the stream of a table in order, from after a sequence number. */
export const openStreamReader = ({ call }: Engine, { name }: Table, after: string | undefined) => {
  let iterator: string | undefined;
  let shard: string | undefined;
  let position = after;

  const start = async () => {
    const { Streams } = await call<{ Streams: { StreamArn: string }[] }>('Streams.ListStreams', { TableName: name });
    const StreamArn = Streams.at(-1)?.StreamArn;
    const { StreamDescription } = await call<{ StreamDescription: { Shards: Shard[] } }>('Streams.DescribeStream', {
      StreamArn,
    });
    const { Shards } = StreamDescription;
    const next = Shards[Shards.findIndex(({ ShardId }) => ShardId === shard) + 1] ?? Shards.at(-1);
    const from = position
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    shard = next?.ShardId;
    const request = { StreamArn, ShardId: shard, ...from };
    return (await call<{ ShardIterator: string }>('Streams.GetShardIterator', request)).ShardIterator;
  };

  return {
    async next(limit: number): Promise<StreamRecord[]> {
      iterator ??= await start();
      const request = { ShardIterator: iterator, Limit: limit };
      type Page = { Records: StreamRecord[]; NextShardIterator?: string };
      const { Records, NextShardIterator } = await call<Page>('Streams.GetRecords', request).catch(error => {
        iterator = undefined; // an expired iterator is replaced
        throw error;
      });
      iterator = NextShardIterator;
      position = Records.at(-1)?.dynamodb.SequenceNumber ?? position;
      return Records;
    },
  };
};
