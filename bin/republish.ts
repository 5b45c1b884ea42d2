import { parseArgs } from 'node:util';
import { type AttributeValue, DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { batchesOf } from '../functions/shared/aws/batches.ts';
import { sendTogether } from '../functions/shared/aws/queues.ts';
import { mapConcurrent } from '../functions/shared/map-concurrent.ts';

/**
 * Publishes the events of a span of time again, for the day after an outage of the bus that was longer than the stream's retention.
 * Reactions recognise events they have handled. Imported history is not published again. Reads the whole
 * table once, so it is for operators, not for requests.
 */
const { values } = parseArgs({
  options: { table: { type: 'string' }, queue: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
});
const { table, queue, from, to = new Date().toISOString() } = values;
if (!table || !queue || !from || Number.isNaN(Date.parse(from) + Date.parse(to))) {
  console.error(
    'usage: npm run republish -- --table <TableName> --queue <DueQueueArn> --from <instant> [--to <instant>]',
  );
  process.exit(1);
}

const client = new DynamoDBClient({});
const counted = { events: 0, timers: 0 };
let after: Record<string, AttributeValue> | undefined;

const scan = (): Promise<ScanCommandOutput> =>
  client.send(
    new ScanCommand({
      TableName: table,
      // a timer that is not due yet has its schedule, or gets its turn when this is run after it was due
      FilterExpression:
        '((attribute_exists(publish) OR attribute_exists(published)) AND attribute_not_exists(past) AND doc.occurredAt BETWEEN :from AND :to) OR (dueAt BETWEEN :from AND :to AND dueAt <= :now)',
      ExpressionAttributeValues: { ':from': { S: from }, ':to': { S: to }, ':now': { S: new Date().toISOString() } },
      ExclusiveStartKey: after,
    }),
  );

do {
  const { Items = [], LastEvaluatedKey } = await scan();
  const messages = Items.map(item => unmarshall(item)).map(({ source, type, doc, quiet }, nth) => ({
    Id: String(nth),
    MessageBody: JSON.stringify({ source, type, doc, quiet }),
    MessageGroupId: doc.tenant,
  }));
  await mapConcurrent(
    batchesOf(messages, one => one.MessageBody),
    8,
    async batch => {
      const failed = await sendTogether(queue, batch);
      if (failed.length) throw new Error(`the queue does not take events: ${failed[0]?.Code}. Try again later`);
    },
  );
  for (const { dueAt } of Items) counted[dueAt ? 'timers' : 'events'] += 1;
  after = LastEvaluatedKey;
} while (after);
console.log(`published again: ${counted.events} events, ${counted.timers} timers`);
