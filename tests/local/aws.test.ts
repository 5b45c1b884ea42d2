import { DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, startFixture } from './fixture-stack.ts';

let stack: Running;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(() => stack.close());

const settings = () => ({
  endpoint: stack.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});

test('DynamoDB', async () => {
  const db = new DynamoDBClient(settings());
  const { Table } = await db.send(new DescribeTableCommand({ TableName: stack.outputs.TableName }));
  expect(Table?.KeySchema).toHaveLength(2);
  const large = { pk: { S: 'large' }, sk: { S: 'item' }, text: { S: 'x'.repeat(401 * 1024) } };
  await expect(db.send(new PutItemCommand({ TableName: stack.outputs.TableName, Item: large }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('SQS: messages, batches, visibility, the size limit of 1 MiB', async () => {
  const sqs = new SQSClient(settings());
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'unread' }));
  expect(QueueUrl).toBe(`${stack.awsUrl}/000000000000/unread`);
  const Entries = ['a', 'b'].map(Id => ({ Id, MessageBody: Id }));
  expect((await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(2);
  const receive = async () =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
  const [first, second] = await receive();
  expect(await receive()).toEqual([]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }));
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: second!.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  expect((await receive()).map(({ Body }) => Body)).toEqual([second!.Body]);
  await stack.advance('PT11M'); // past the visibility timeout of the queue
  expect((await receive()).map(({ Body }) => Body)).toEqual([second!.Body]);
  await expect(
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(1024 * 1024 + 1) })),
  ).rejects.toMatchObject({ name: expect.stringContaining('InvalidParameterValue') });
});

test('S3', async () => {
  const s3 = new S3Client(settings());
  const at = { Bucket: stack.outputs.Bucket, Key: 'folder/file.csv' };
  await s3.send(new PutObjectCommand({ ...at, Body: 'a,b\n', ContentType: 'text/csv' }));
  const { Body, ContentType } = await s3.send(new GetObjectCommand(at));
  expect([await Body!.transformToString(), ContentType]).toEqual(['a,b\n', 'text/csv']);
  const linked = await fetch(`${stack.awsUrl}/${at.Bucket}/${at.Key}`); // as a signed link would
  expect(await linked.text()).toBe('a,b\n');
});

test('EventBridge: an event put here takes the same road as any', async () => {
  const events = new EventBridgeClient(settings());
  const { EventBuses } = await events.send(new ListEventBusesCommand({}));
  expect(EventBuses?.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['default', 'fixture']));
  const Detail = JSON.stringify({ id: 'from-outside' });
  const Entries = [{ EventBusName: 'fixture', Source: 'fixture', DetailType: 'said', Detail }];
  const reply = await events.send(new PutEventsCommand({ Entries }));
  expect([reply.FailedEntryCount, reply.Entries?.[0]?.EventId]).toEqual([0, expect.any(String)]);
  await stack.idle();
  expect((await stack.get('/items/from-outside?part=done')).status).toBe(200);
  await expect(events.send(new PutEventsCommand({ Entries: Array(11).fill(Entries[0]) }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const Event = JSON.stringify({
    id: '1',
    source: 'x',
    'detail-type': 'y',
    account: '1',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {},
  });
  const EventPattern = JSON.stringify({ source: [{ prefix: 'x' }] });
  expect((await events.send(new TestEventPatternCommand({ Event, EventPattern }))).Result).toBe(true);
});

test('Scheduler: a schedule said over REST fires when the clock gets there', async () => {
  const scheduler = new SchedulerClient(settings());
  const now = (await (await stack.get('/now')).json()) as { ms: number };
  const at = new Date(now.ms + 3_600_000).toISOString().slice(0, 19);
  const Target = {
    Arn: 'arn:aws:sqs:us-east-1:000000000000:Fixture-Queue',
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    Input: JSON.stringify({ id: 'scheduled' }),
  };
  const FlexibleTimeWindow = { Mode: 'OFF' as const };
  const Name = 'in-an-hour';
  await scheduler.send(
    new CreateScheduleCommand({ Name, ScheduleExpression: `at(${at})`, FlexibleTimeWindow, Target }),
  );
  expect((await scheduler.send(new GetScheduleCommand({ Name }))).ScheduleExpression).toBe(`at(${at})`);
  const listed = await scheduler.send(new ListSchedulesCommand({ NamePrefix: 'in-', MaxResults: 5 }));
  expect(listed.Schedules?.map(one => one.Name)).toEqual([Name]);
  await stack.advance('PT2H');
  expect((await stack.get('/items/scheduled?part=done')).status).toBe(200);
  await scheduler.send(new DeleteScheduleCommand({ Name }));
  await expect(scheduler.send(new GetScheduleCommand({ Name }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('Step Functions and SES answer; SMS is captured', async () => {
  expect((await new SFNClient(settings()).send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
  const mail = new SendEmailCommand({
    FromEmailAddress: 'nobody@unverified.example',
    Destination: { ToAddresses: ['a@b.example'] },
    Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
  });
  await expect(new SESv2Client(settings()).send(mail)).rejects.toMatchObject({ name: 'MessageRejected' });
  const sms = new PublishCommand({ PhoneNumber: '+6591234567', Message: 'hello & <welcome>' });
  expect((await new SNSClient(settings()).send(sms)).MessageId).toBeTruthy();
  const { items } = (await (await stack.get('/_local/outbox?to=%2B6591234567')).json()) as { items: object[] };
  expect(items).toMatchObject([{ channel: 'sms', text: 'hello & <welcome>' }]);
});

test('what is not offered is refused as AWS would', async () => {
  const headers = { 'x-amz-target': 'AWSEvents.Nonsense', 'content-type': 'application/x-amz-json-1.1' };
  const reply = await fetch(stack.awsUrl, { method: 'POST', headers, body: '{}' });
  expect([reply.status, await reply.json()]).toMatchObject([400, { __type: 'UnknownOperationException' }]);
  const broken = await fetch(stack.awsUrl, { method: 'POST', headers, body: '{' });
  expect(await broken.json()).toMatchObject({ __type: 'SerializationException' });
});
