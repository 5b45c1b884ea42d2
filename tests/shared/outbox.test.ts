import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

type Entry = { Detail: string };
type Asked = {
  path: string;
  body: {
    Entries?: Entry[];
    MessageBody?: string;
    MessageGroupId?: string;
    DelaySeconds?: number;
    ScheduleExpression?: string;
  };
};
type Handler = (event: object) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

let asked: Asked[] = [];
/** what the service says of an event by its id: an error code */
let verdicts: Record<string, string> = {};
const idIn = ({ Detail }: Entry): string => JSON.parse(Detail).id;
const server = createServer(async (request, reply) => {
  const body = JSON.parse(await text(request));
  asked.push({ path: request.url ?? '', body });
  const { Entries, Target, MessageBody } = body;
  reply.setHeader('content-type', 'application/json');
  if (Entries) {
    const whole = Entries.length > 1 && Object.values(verdicts).includes('whole');
    const codes = Entries.map((one: Entry) => verdicts[idIn(one)]);
    if (whole || codes.includes('whole')) {
      reply.statusCode = 400;
      return reply.end(JSON.stringify({ __type: 'ValidationException', message: 'too large' }));
    }
    return reply.end(JSON.stringify({ Entries: codes.map((ErrorCode: string) => (ErrorCode ? { ErrorCode } : {})) }));
  }
  const code = verdicts[JSON.parse(MessageBody ?? Target.Input).doc.id];
  if (code) {
    reply.statusCode = 400;
    reply.setHeader('x-amzn-errortype', code);
    return reply.end(JSON.stringify({ Message: code }));
  }
  return reply.end('{"ScheduleArn":"arn"}');
});

let [relay, setTimers]: Handler[] = [];
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: url,
    AWS_ENDPOINT_URL_SCHEDULER: url,
    TABLE_NAME: 'none',
    BUS_NAME: 'bus',
    DUE_QUEUE_ARN: 'arn:aws:sqs:us-east-1:000000000000:due',
    SCHEDULER_GROUP: 'group',
    SCHEDULER_ROLE_ARN: 'role',
    DEAD_LETTERS_ARN: 'lost',
  });
  relay = (await import('../../functions/shared/events/relay.ts')).handler as unknown as Handler;
  setTimers = (await import('../../functions/shared/events/set-timers.ts')).handler as unknown as Handler;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  verdicts = {};
});

const record = (sequence: string, image: object) => ({
  dynamodb: { SequenceNumber: sequence, Keys: {}, NewImage: marshall(image) },
});
const eventOf = (id: string) =>
  record(id, { source: 'rapport.x', type: 'x', doc: { id, tenant: 'acme', occurredAt: '2026-01-01T00:00:00.000Z' } });
const published = () => asked.flatMap(({ body }) => body.Entries ?? []).map(idIn);

test('a record that is no event, or that the bus never takes, holds up no other', async () => {
  const poison = [
    record('p1', { source: 'x' }),
    record('p2', { source: 'x', type: 'x', doc: { occurredAt: 'never' } }),
  ];
  verdicts = { b: 'MalformedDetail' };
  const Records = [eventOf('a'), ...poison, eventOf('b'), eventOf('c')];
  expect(await relay!({ Records })).toEqual({ batchItemFailures: [] });
  expect(published()).toEqual(['a', 'b', 'c']);
});

test('one event that is too large is skipped alone', async () => {
  verdicts = { b: 'whole' };
  expect(await relay!({ Records: ['a', 'b', 'c'].map(eventOf) })).toEqual({ batchItemFailures: [] });
  expect(published()).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('what a bus that is busy did not take is tried again, from there on', async () => {
  verdicts = { b: 'ThrottlingException' };
  const { batchItemFailures } = await relay!({ Records: ['a', 'b', 'c'].map(eventOf) });
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'b' }]);
});

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const timerOf = (id: string, { tenant = 'acme', dueAt = soon() } = {}) =>
  record(id, { dueAt, source: 'rapport.x', type: 'x', doc: { id, tenant } });

test('timers of equal ids in two companies are two schedules', async () => {
  const Records = [timerOf('t'), timerOf('t', { tenant: 'copy' }), timerOf('t')];
  expect(await setTimers!({ Records })).toEqual({ batchItemFailures: [] });
  const names = asked.map(({ path }) => path.split('/').at(-1)!);
  expect([names.length, new Set(names).size]).toEqual([3, 2]);
  for (const name of names) expect(name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
});

test('a timer of the next quarter of an hour waits in a queue, and one that exists already is done', async () => {
  verdicts = { there: 'ConflictException' };
  const within = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const due = { now: '2026-01-01T00:00:00.000Z', in600: within(600), in890: within(890), in1000: within(1000) };
  const Records = [...Object.entries(due).map(([id, dueAt]) => timerOf(id, { dueAt })), timerOf('there')];
  expect(await setTimers!({ Records })).toEqual({ batchItemFailures: [] });
  const waits = asked.filter(({ body }) => body.MessageBody);
  expect(waits.map(({ body }) => JSON.parse(body.MessageBody!).doc.id).sort()).toEqual(['in600', 'in890', 'now']);
  expect(waits.every(({ body }) => body.MessageGroupId === 'acme')).toBe(true);
  expect(waits.map(({ body }) => body.DelaySeconds).sort((a, b) => a! - b!)).toEqual([0, 600, 890]);
  expect(asked.filter(({ body }) => body.ScheduleExpression)).toHaveLength(2);
});

test('a timer that cannot be set holds up no other, and one of a busy scheduler is tried again', async () => {
  verdicts = { bad: 'ValidationException' };
  const Records = [timerOf('bad'), record('worse', { dueAt: 'never' }), timerOf('good')];
  expect(await setTimers!({ Records })).toEqual({ batchItemFailures: [] });
  verdicts = { busy: 'InternalServerException' };
  const { batchItemFailures } = await setTimers!({ Records: [timerOf('a'), timerOf('busy'), timerOf('b')] });
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'busy' }]);
});
