import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../local/dynamodb/engine.ts';
import { type Counter, openCounter } from './counter.ts';

const keys = (prefix: string) => [
  { AttributeName: `${prefix}pk`, KeyType: 'HASH' },
  { AttributeName: `${prefix}sk`, KeyType: 'RANGE' },
];

/** the store's table with its indexes, without a stream: no reaction receives the writes */
const tableOf = (TableName: string) => {
  const prefixes = ['', 'gsi1', 'gsi2', 'gsi3'];
  const names = prefixes.flatMap(prefix => keys(prefix).map(({ AttributeName }) => AttributeName));
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys(''),
    GlobalSecondaryIndexes: prefixes.slice(1).map(IndexName => ({
      IndexName,
      KeySchema: keys(IndexName),
      Projection: { ProjectionType: 'ALL' },
    })),
  };
};

/** in memory where there is a folder for it: a hundred thousand customers are a million items, each synced to disk */
const folder = () => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'rapport-bench-'));

let opened: Promise<Counter> | undefined;

/** the product's client is made once, and so is what it is pointed at, whatever engines come and go behind it */
const counterOfProcess = () => {
  opened ??= openCounter();
  return opened;
};

/** An engine with the table on it, which this process reaches through a counter. */
export const bareStore = async () => {
  const dir = folder();
  const engine = await startEngine(dir, line => void process.stderr.write(`${line}\n`));
  const counter = await counterOfProcess();
  counter.upstream.dynamodb = engine.url;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: counter.at('bench', 'dynamodb'),
  });
  await engine.call('DynamoDB.CreateTable', tableOf('bench'));
  return {
    engine,
    taken: counter.taken,
    async close() {
      delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
      await engine.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
