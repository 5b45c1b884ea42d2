import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetCommand, BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { table } from '../functions/shared/table.ts';
import { startEngine } from '../local/engine.ts';

const dir = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const engine = await startEngine(dir, line => void process.stderr.write(`${line}\n`));
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  TABLE_NAME: 'bench',
  AWS_ENDPOINT_URL_DYNAMODB: engine.url,
});
await engine.call('DynamoDB.CreateTable', {
  TableName: 'bench',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});
const N = 20000;
const key = (n: number) =>
  `person born ${String(n).padStart(8, '0')}|smith john ${n}#cus_${String(n).padStart(26, '0')}`;
console.log('fill');
for (let at = 0; at < N; at += 25) {
  await table().send(
    new BatchWriteCommand({
      RequestItems: {
        bench: Array.from({ length: 25 }, (_, n) => ({
          PutRequest: {
            Item: {
              pk: 'acme#entry#customer.block#7',
              sk: key(at + n),
              kind: 'entry',
              holder: `cus_${String(at + n).padStart(26, '0')}`,
            },
          },
        })),
      },
    }),
  );
}
for (const [limit, rounds, abreast] of [
  [1, 1000, 1],
  [12, 1000, 1],
  [12, 2000, 8],
  [12, 2000, 20],
  [50, 1000, 8],
  [100, 1000, 8],
  [100, 1000, 16],
  [500, 200, 8],
  [2000, 60, 4],
  [6000, 20, 2],
] as const) {
  const t = performance.now();
  const cpu = process.cpuUsage();
  let n = 0;
  const worker = async () => {
    while (n++ < rounds) {
      await table().send(
        new QueryCommand({
          TableName: 'bench',
          KeyConditionExpression: 'pk = :pk AND sk >= :v',
          ExpressionAttributeValues: {
            ':pk': 'acme#entry#customer.block#7',
            ':v': key(Math.floor(Math.random() * (N - limit))),
          },
          Limit: limit,
          ...(process.env.P ? { ProjectionExpression: 'sk' } : {}),
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  const ms = performance.now() - t;
  const c = process.cpuUsage(cpu);
  console.log(
    `limit ${limit} abreast ${abreast}: ${(ms / rounds).toFixed(3)} ms a query (client cpu ${((c.user + c.system) / 1000 / rounds).toFixed(3)}), ${((ms / rounds / limit) * 1000).toFixed(2)} us a row`,
  );
}
await engine.stop();
rmSync(dir, { recursive: true, force: true });
