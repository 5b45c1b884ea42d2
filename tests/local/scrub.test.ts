import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder, startFixture } from './fixture-stack.ts';

const word = 'unmistakable-anemone';

const filesWith = (dir: string) =>
  globSync('**/*', { cwd: dir })
    .filter(file => statSync(join(dir, file)).isFile())
    .filter(file => readFileSync(join(dir, file)).includes(word))
    .sort();

const started = async () => {
  const dataDir = scratchFolder();
  const erasureHooks = [
    {
      on: { 'detail-type': ['somebody.forgotten'] },
      messages: { tag: 'whose', at: '$.detail.id' },
    },
  ];
  const stack = await startFixture(dataDir, { erasureHooks });
  let open = true;
  const close = async () => {
    if (open) await stack.close();
    open = false;
  };
  onTestFinished(close);
  const headers = (service: string, more: object) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    ...more,
  });
  const say = async (DetailType: string, detail: object) => {
    const reply = await fetch(stack.awsUrl, {
      method: 'POST',
      headers: headers('events', {
        'x-amz-target': 'AWSEvents.PutEvents',
        'content-type': 'application/x-amz-json-1.1',
      }),
      body: JSON.stringify({ Entries: [{ Source: 'test', DetailType, Detail: JSON.stringify(detail) }] }),
    });
    expect(reply.status).toBe(200);
  };
  const settings = {
    endpoint: stack.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const sms = (PhoneNumber: string, whose: string) =>
    new SNSClient(settings).send(
      new PublishCommand({
        PhoneNumber,
        Message: word,
        MessageAttributes: { whose: { DataType: 'String', StringValue: whose } },
      }),
    );
  const clear = async () => {
    const client = new DynamoDBClient(settings);
    const [TableName] = (await client.send(new ListTablesCommand({}))).TableNames ?? [];
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const keys = Table?.KeySchema?.map(({ AttributeName = '' }) => AttributeName) ?? [];
    for (const item of (await client.send(new ScanCommand({ TableName }))).Items ?? []) {
      const Key = Object.fromEntries(keys.map(name => [name, item[name]!]));
      await client.send(new DeleteItemCommand({ TableName, Key }));
    }
  };
  return { ...stack, dataDir, close, say, sms, clear };
};

test('what was deleted is in no file any more once somebody is to be forgotten, and the stack goes on', async () => {
  const { dataDir, idle, clear, say, post, get, close } = await started();
  await post('/items', { id: `item-${word}`, say: word });
  await idle();
  await clear();
  await idle();
  expect(filesWith(dataDir)).not.toEqual([]);
  await say('somebody.forgotten', { id: 'anemone' });
  await idle();
  expect(filesWith(dataDir)).toEqual([]);
  await post('/items', { id: 'after', say: 'hello' });
  await idle();
  expect((await get('/items/after?part=done')).status).toBe(200);
  await close();
  expect(filesWith(dataDir)).toEqual([]);
});

test('messages that were caught are forgotten by their tag, those of others are not', async () => {
  const { idle, sms, say, get } = await started();
  await sms('+6567771241', 'one');
  await sms('+6567771242', 'two');
  const caught = async () => ((await (await get('/_local/outbox')).json()) as { items: { to: string[] }[] }).items;
  expect(await caught()).toHaveLength(2);
  await say('somebody.forgotten', { id: 'one' });
  await idle();
  expect((await caught()).map(({ to }) => to)).toEqual([['+6567771242']]);
});
