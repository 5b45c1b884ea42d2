import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { jobContinued } from '../../events/job.ts';
import { consume, reacting } from '../../functions/shared/events/consume.ts';
import { on } from '../../functions/shared/http/contract.ts';
import { VersionConflict } from '../../functions/shared/store/transaction.ts';
import { thisStack } from '../this-stack.ts';
import { ownTable } from '../tracking/own-table.ts';

test('a message that lost a race is delivered again within seconds, another after the visibility timeout', async () => {
  const { awsUrl } = thisStack();
  await ownTable(awsUrl);
  process.env.AWS_ENDPOINT_URL_SQS = awsUrl;
  const name = `race-${Date.now()}`;
  const sqs = new SQSClient({});
  const Attributes = { VisibilityTimeout: '600' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  const detail = { id: 'evt_1', tenant: 'race', occurredAt: new Date().toISOString(), customerId: null, actor: 'x' };
  const data = { kind: 'x', slice: 0 };
  const body = { source: 'rapport.jobs', 'detail-type': jobContinued.name, detail: { ...detail, about: 'x', data } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0];
  const fail = async (error: Error) => {
    const message = await receive();
    const handler = reacting(consume('test.race', on([jobContinued], 'loses'), () => Promise.reject(error)));
    const record = {
      messageId: 'm',
      body: message?.Body,
      receiptHandle: message?.ReceiptHandle,
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${name}`,
      attributes: { ApproximateReceiveCount: '1' },
    };
    const reply = await handler({ Records: [record] } as never, { getRemainingTimeInMillis: () => 60_000 } as never);
    expect(reply).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  };
  await fail(new VersionConflict('lost'));
  await expect
    .poll(
      async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))).Messages?.length,
      { timeout: 10_000, interval: 500 },
    )
    .toBe(1);
  await fail(new Error('broken'));
  await new Promise(resolve => setTimeout(resolve, 4_000));
  expect(await receive()).toBeUndefined();
});
