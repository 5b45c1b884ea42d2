import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../events/ids.ts';
import { reaction } from '../../functions/messaging/decide-message.ts';
import { contents, Message, messageIdOf, messages } from '../../functions/messaging/message.ts';
import { reacting } from '../../functions/shared/events/consume.ts';
import { created, insert } from '../../functions/shared/store/changes.ts';
import { nulls } from '../../functions/shared/store/records.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { world } from '../world.ts';
import { slice } from './slice.ts';

const ses = mockClient(SESv2Client);

beforeAll(async () => {
  const { awsUrl } = thisStack();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const db = new DynamoDBClient({ endpoint: awsUrl, region: 'us-east-1', credentials });
  const { TableNames = [] } = await db.send(new ListTablesCommand({}));
  db.destroy();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: TableNames[0],
    MAIL_FROM: 'hello@example.com',
    PUBLIC_URL: 'https://crm.example.com',
    MAIL_CONFIGURATION_SET: 'untracked',
    MAIL_TRACKING_SET: 'tracked',
  });
});
beforeEach(() => {
  ses.reset();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());
afterAll(() => ses.restore());

const failure = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

type Given = { channel?: 'email' | 'sms'; topic?: string | null; before?: Partial<Message> };

/** a request that the stack does not know of: the provider is ours to fail; `before`: as far as its message has got */
const requested = async ({ channel = 'email', topic = null, before }: Given = {}) => {
  const crm = slice(await world());
  const ada = await crm.customer({ phone: '+65 6123 4567' });
  if (topic) await crm.consent(ada.id);
  const now = await crm.now();
  const store = openStore({ tenant: crm.tenant, actor: 'rapport:test', now });
  vi.setSystemTime(now); // the stack's clock may be ahead of ours
  const customerId = ada.id as Message['customerId'];
  const step = { customerId, cause: 'test', step: '1' };
  const id = messageIdOf(step);
  const fresh = created(now, {
    ...nulls(Message),
    ...step,
    id,
    channel,
    topic,
    state: 'sending' as const,
    attempts: 1,
  });
  if (before) await store.commit([insert(messages, { ...fresh, ...before })]);
  const detail = {
    id: newId('event', now),
    tenant: crm.tenant,
    occurredAt: now,
    customerId,
    actor: 'rapport:test',
    about: ada.id,
    data: {
      channel,
      topic,
      cause: 'test',
      step: '1',
      codeOf: 'x',
      content: { subject: 'Hi', body: 'Code {{ code }}' },
    },
  };
  const body = JSON.stringify({ source: 'rapport.messaging', 'detail-type': 'message.requested', detail });
  /** how many of one delivery failed and go back to the queue */
  const deliver = async () => {
    const reply = await reacting(reaction)(
      { Records: [{ messageId: '1', body }] } as SQSEvent,
      { getRemainingTimeInMillis: () => 30_000 } as never,
    );
    return reply.batchItemFailures.length;
  };
  const state = async () => (await crm.messages(ada.id))[0];
  const content = () => store.get(contents, { id });
  return { crm, ada, id, deliver, state, content };
};

test('an e-mail whose acceptance is unknown is sent again only after ten minutes without a report', async () => {
  const { crm, ada, deliver, state } = await requested();
  ses.on(SendEmailCommand).rejects(failure('TimeoutError'));
  expect(await deliver()).toBe(0);
  expect(await state()).toMatchObject({ state: 'sending', reason: expect.stringContaining('delivery unknown') });
  expect(await deliver()).toBe(0); // a redelivery waits too
  expect(ses.commandCalls(SendEmailCommand)).toHaveLength(1);
  expect(await crm.outbox(ada.email)).toEqual([]);
  await crm.idle();
  await crm.advance('PT11M');
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  expect(await state()).toMatchObject({ state: 'delivered', reason: null });
});

test('the provider’s report resolves an unknown delivery: nothing is sent again', async () => {
  const { crm, ada, id, deliver, state } = await requested();
  ses.on(SendEmailCommand).rejects(failure('TimeoutError'));
  await deliver();
  await crm.report('Send', id);
  await crm.idle();
  expect(await state()).toMatchObject({ state: 'sent', reason: null });
  await crm.advance('PT11M');
  await crm.idle();
  expect(await crm.outbox(ada.email)).toEqual([]);
  expect(await state()).toMatchObject({ state: 'sent' });
});

test('a function that died while sending leaves the message to wait, not to be sent twice', async () => {
  const { crm, deliver, state } = await requested({ before: { updatedAt: '2020-01-01T00:00:00.000Z' } });
  expect(await deliver()).toBe(0);
  expect(await state()).toMatchObject({ state: 'sending', reason: expect.stringContaining('delivery unknown') });
  expect(ses.commandCalls(SendEmailCommand)).toHaveLength(0);
  await crm.idle();
});

test('a delivery that meets a send under way goes back to the queue', async () => {
  const { deliver, state } = await requested({ before: {} });
  expect(await deliver()).toBe(1);
  expect(await state()).toMatchObject({ state: 'sending', reason: null });
});

test('a message that the provider rejects for good has failed, one that it does not accept goes back to the queue', async () => {
  const refused = await requested();
  ses.on(SendEmailCommand).rejects(failure('MessageRejected', 400));
  expect(await refused.deliver()).toBe(0);
  expect(await refused.state()).toMatchObject({ state: 'failed', reason: 'MessageRejected: MessageRejected' });

  const busy = await requested();
  ses.reset();
  ses.on(SendEmailCommand).rejectsOnce(failure('AccessDeniedException', 403)).resolves({ MessageId: '1' });
  expect(await busy.deliver()).toBe(1);
  expect(await busy.state()).toMatchObject({ state: 'queued' });
  expect(await busy.deliver()).toBe(0);
  expect(await busy.state()).toMatchObject({ state: 'sent' });
});

test('a message that the provider has no capacity for stays queued and is sent later, not among the dead letters', async () => {
  const { crm, ada, deliver, state } = await requested();
  const throttled = ['TooManyRequestsException', 'LimitExceededException', 'SendingPausedException'];
  for (const [nth, name] of throttled.entries()) {
    ses.on(SendEmailCommand).rejects(failure(name, 429));
    expect([name, await deliver()]).toEqual([name, 0]);
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(nth + 1);
    expect(await state()).toMatchObject({ state: 'queued', reason: `waits for the provider: ${name}` });
  }
  await crm.advance('PT1M');
  await crm.idle();
  const mails = await crm.outbox(ada.email);
  expect(mails).toMatchObject([{ subject: 'Hi', text: expect.stringMatching(/Code \d{6}/) }]);
  expect(await state()).toMatchObject({ state: 'delivered', reason: null });
});

test('a message that waited for the provider for days has failed', async () => {
  const { deliver, state, content } = await requested({
    before: { state: 'queued', createdAt: '2020-01-01T00:00:00.000Z' },
  });
  ses.on(SendEmailCommand).rejects(failure('LimitExceededException', 429));
  expect(await deliver()).toBe(0);
  expect(await state()).toMatchObject({ state: 'failed', reason: 'not accepted for days: LimitExceededException' });
  expect(await content()).toMatchObject({ text: expect.stringContaining('Code •••') });
});

test('opens and clicks are recorded of messages on a topic, unless the company does not want it, and never of others', async () => {
  const setOf = async (topic: string | null, tracking: boolean) => {
    const { crm, deliver } = await requested({ topic });
    await crm.settings({ tracking });
    ses.reset();
    ses.on(SendEmailCommand).resolves({ MessageId: '1' });
    await deliver();
    return ses.commandCalls(SendEmailCommand)[0]?.args[0].input.ConfigurationSetName;
  };
  expect([await setOf('news', true), await setOf('news', false), await setOf(null, true)]).toEqual([
    'tracked',
    'untracked',
    'untracked',
  ]);
});

test('a text message whose delivery is unknown is not sent again, as no report would tell whether it arrived', async () => {
  const { crm, deliver, state } = await requested({
    channel: 'sms',
    before: { updatedAt: '2020-01-01T00:00:00.000Z' },
  });
  await deliver();
  await crm.idle();
  await crm.advance('PT11M');
  await crm.idle();
  expect(await state()).toMatchObject({ state: 'failed', reason: expect.stringContaining('not sent again') });
});
