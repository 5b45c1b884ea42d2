import { parseArgs } from 'node:util';
import { type AttributeValue, DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';

/**
 * Publishes the events of a span of time again, for the day after an outage of the bus that was longer than the stream's retention.
 * Reactions recognise events they have handled. Imported history is not published again. Reads the whole
 * table once, so it is for operators, not for requests.
 */
const { values } = parseArgs({
  options: { table: { type: 'string' }, bus: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
});
const { table, bus, from, to = new Date().toISOString() } = values;
if (!table || !bus || !from || Number.isNaN(Date.parse(from) + Date.parse(to))) {
  console.error('usage: npm run republish -- --table <TableName> --bus <OwnBusName> --from <instant> [--to <instant>]');
  process.exit(1);
}
Object.assign(process.env, { TABLE_NAME: table, BUS_NAME: bus, TABLE_TRANSPORT: 'sdk' });
const { handler: relay } = await import('../functions/shared/events/relay.ts');

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
  const Records = Items.map((item, nth) => ({
    eventName: 'INSERT' as const,
    dynamodb: {
      SequenceNumber: String(nth),
      NewImage: item as never,
    },
  }));
  const result = await relay({ Records }, {} as never);
  if (result?.batchItemFailures.length) throw new Error('the bus does not take events: try again later');
  for (const { dueAt } of Items) counted[dueAt ? 'timers' : 'events'] += 1;
  after = LastEvaluatedKey;
} while (after);
console.log(`published again: ${counted.events} events, ${counted.timers} timers`);
