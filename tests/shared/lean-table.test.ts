import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { leanTable } from '../../functions/shared/store/lean-table.ts';
import { sdkTable, type Table } from '../../functions/shared/store/table.ts';
import { type Engine, startEngine } from '../../local/dynamodb/engine.ts';
import { post } from '../../local/http/post.ts';

type Fault = (reply: ServerResponse) => void;

const refusal =
  (status: number, body: object | string): Fault =>
  reply =>
    void reply
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

const coral = 'com.amazonaws.dynamodb.v20120810#';

const faults = {
  throttled: refusal(400, { __type: `${coral}ProvisionedThroughputExceededException`, message: 'too fast' }),
  throttling: refusal(400, { __type: 'com.amazon.coral.availability#ThrottlingException', Message: 'too fast' }),
  failing: refusal(500, { __type: `${coral}InternalServerError`, message: 'try again' }),
  away: refusal(503, { message: 'nobody is here' }),
  running: refusal(400, { __type: `${coral}TransactionInProgressException`, Message: 'still at it' }),
  reset: (reply => void reply.socket?.destroy()) as Fault,
  conflict: refusal(400, {
    __type: `${coral}TransactionCanceledException`,
    Message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]',
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict', Message: 'ongoing' }],
  }),
  malformed: refusal(400, { __type: 'com.amazon.coral.validate#ValidationException', message: 'no such index' }),
  forbidden: refusal(400, { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'not yours' }),
};

/** replies that do not come from DynamoDB as it speaks, and what they are called */
const garbled = {
  TimeoutError: (reply => {
    reply.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100' });
    reply.write('{"Item":', () => reply.socket?.destroy());
  }) as Fault,
  Unknown: refusal(502, '<html>Bad gateway</html>'),
};

type Seen = { target: unknown; type: unknown; body: { ClientRequestToken?: string } };

let engine: Engine;
let close: () => Promise<unknown>;
const seen: Seen[] = [];
const queued: Fault[] = [];

/** the engine behind a server that first does what is queued */
beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-table-'));
  engine = await startEngine(dir, () => {});
  const server = createServer(async (request, reply) => {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    seen.push({ target: headers['x-amz-target'], type: headers['content-type'], body: JSON.parse(body) });
    const fault = queued.shift();
    if (fault) return fault(reply);
    const answer = await post(engine.url, headers, body);
    return reply.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.text);
  }).listen(0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  close = async () => {
    server.closeAllConnections();
    await engine.stop();
    rmSync(dir, { recursive: true });
  };
  vi.spyOn(Math, 'random').mockReturnValue(0); // both wait a part of the time before they try again
});

afterAll(() => close());

const named = { TableName: 'compared' };

const create = () =>
  engine.call('DynamoDB.CreateTable', {
    ...named,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });

/** on an empty table */
const anew = async (table: Table, calls: Call[], faulty?: Fault[]) => {
  await create();
  const traces = await traceOf(table, calls, faulty);
  await engine.call('DynamoDB.DeleteTable', named);
  return traces;
};

type Call = (table: Table) => Promise<object>;

const outcomeOf = async (call: Call, table: Table) => {
  try {
    const { $metadata: _, ...reply } = (await call(table)) as { $metadata?: unknown };
    return { reply };
  } catch (error) {
    const { name, message, $metadata, Item, CancellationReasons } = error as Error & Record<string, never>;
    const { httpStatusCode } = ($metadata ?? {}) as { httpStatusCode?: number };
    return { name, message, httpStatusCode, Item, CancellationReasons };
  }
};

/** What a table sends and gives for calls one after the other, each on its own faults. */
const traceOf = async (table: Table, calls: Call[], faulty: Fault[] = []) => {
  const traces: object[] = [];
  for (const call of calls) {
    seen.length = 0;
    queued.splice(0, queued.length, ...faulty);
    const outcome = await outcomeOf(call, table);
    const tokens = new Set(seen.map(({ body: { ClientRequestToken: token } }) => token));
    const sent = seen.map(({ target, type, body: { ClientRequestToken: _, ...body } }) => ({ target, type, body }));
    traces.push({ outcome, tokens: tokens.size, isTransaction: !tokens.has(undefined), sent });
  }
  return traces;
};

const everything = {
  pk: 'a',
  sk: '1',
  text: 'Zoë "quoted" \u2028 \u{1f600}',
  none: null,
  absent: undefined,
  yes: true,
  empty: '',
  numbers: [0, -0, 1e21, 0.1, -12345.678, Number.MAX_SAFE_INTEGER],
  nested: {
    Item: { Key: { S: 'not a value' } },
    Items: [{}, []],
    B: 'no binary',
    N: '1',
    deep: [{ gone: undefined, Keys: [] }, undefined],
  },
  bytes: new Uint8Array([0, 1, 254, 255]),
  more: [Buffer.from('buffer'), new Uint8Array()],
  tags: new Set(['a', 'b']),
  counts: new Set([1, 2]),
  chunks: new Set([new Uint8Array([1]), new Uint8Array([2])]),
};

const key = { pk: 'a', sk: '1' };
const guard = {
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
};
const many = Array.from({ length: 5 }, (_, nth) => ({
  PutRequest: { Item: { pk: 'b', sk: String(nth), nth, bytes: Buffer.from([nth]) } },
}));

const calls: Record<string, Call> = {
  put: table => table.put({ ...named, Item: everything }),
  get: table => table.get({ ...named, Key: key, ConsistentRead: true }),
  'get nothing': table => table.get({ ...named, Key: { ...key, sk: 'none' } }),
  'put in vain': table => table.put({ ...named, Item: { ...key, other: 1 }, ...guard }),
  update: table =>
    table.update({
      ...named,
      Key: key,
      UpdateExpression: 'SET #t = :t, doc = :doc ADD used :one REMOVE #gone',
      ExpressionAttributeNames: { '#t': 'text', '#gone': 'Key' },
      ExpressionAttributeValues: { ':t': 'new', ':doc': { version: 1, Attributes: [] }, ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  batchWrite: table => table.batchWrite({ RequestItems: { compared: many } }),
  batchGet: table =>
    table.batchGet({
      RequestItems: { compared: { Keys: [key, { pk: 'b', sk: '1' }, { pk: 'b', sk: 'none' }], ConsistentRead: true } },
    }),
  query: table =>
    table.query({
      ...named,
      KeyConditionExpression: 'pk = :pk AND sk > :sk',
      ExpressionAttributeValues: { ':pk': 'b', ':sk': '0' },
      Limit: 2,
      ExclusiveStartKey: undefined,
    }),
  'query on': table =>
    table.query({
      ...named,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'b' },
      ExclusiveStartKey: { pk: 'b', sk: '2' },
      ScanIndexForward: false,
      Limit: 10,
    }),
  scan: table =>
    table.scan({
      ...named,
      FilterExpression: 'begins_with(pk, :own)',
      ExpressionAttributeValues: { ':own': 'b' },
      Limit: 3,
    }),
  transactWrite: table =>
    table.transactWrite({
      TransactItems: [
        { Put: { ...named, Item: { pk: 'c', sk: '1', Put: { Item: 1 } }, ...guard } },
        { Delete: { ...named, Key: { pk: 'b', sk: '1' } } },
        {
          Update: {
            ...named,
            Key: { pk: 'c', sk: '2' },
            UpdateExpression: 'ADD #n :n',
            ExpressionAttributeNames: { '#n': 'n' },
            ExpressionAttributeValues: { ':n': 2 },
          },
        },
      ],
    }),
  'transactWrite in vain': table =>
    table.transactWrite({
      TransactItems: [
        { Delete: { ...named, Key: { pk: 'b', sk: '2' } } },
        { Put: { ...named, Item: { ...key, bytes: Buffer.from('mine') }, ...guard } },
      ],
    }),
  delete: table => table.delete({ ...named, Key: key, ReturnValues: 'ALL_OLD' }),
  'an invalid request': table => table.query({ ...named, KeyConditionExpression: 'pk =', Limit: 1 }),
  'no such table': table => table.get({ TableName: 'missing', Key: key }),
  'what is no value': table => table.put({ ...named, Item: { ...key, at: new Date(0) } }),
};

test('requests, replies and refusals are those of the SDK', async () => {
  const [expected, found] = [
    await anew(sdkTable(), Object.values(calls)),
    await anew(leanTable(), Object.values(calls)),
  ];
  for (const [nth, name] of Object.keys(calls).entries()) expect([name, found[nth]]).toEqual([name, expected[nth]]);
});

const times = (count: number, fault: Fault) => Array.from({ length: count }, () => fault);

test.each(Object.entries(faults))('%s: what is sent again, and thrown at last, is as by the SDK', async (_, fault) => {
  const asked = [calls.transactWrite!, calls.get!];
  for (const faulty of [times(1, fault), times(9, fault)])
    expect(await anew(leanTable(), asked, faulty)).toEqual(await anew(sdkTable(), asked, faulty));
});

test.each(Object.entries(garbled))(
  '%s: what breaks off or is no JSON is sent again as often as by the SDK',
  async (name, fault) => {
    const [mine, other] = [leanTable(), sdkTable()].map(
      table => () => anew(table, [calls.transactWrite!], times(9, fault)),
    );
    const [[found], [expected]] = [await mine!(), await other!()];
    expect(found).toEqual({ ...expected, outcome: expect.objectContaining({ name }) });
  },
);

test('a slow reply is not waited for longer than the time limit, and asked for again', async () => {
  const slow: Fault = () => {};
  const [once] = await anew(leanTable({ timeout: 1000 }), [calls.get!], [slow]);
  expect(once).toMatchObject({ outcome: { reply: {} }, sent: [{}, {}] });
  const [never] = await anew(leanTable({ timeout: 20 }), [calls.get!], times(9, slow));
  expect(never).toMatchObject({ outcome: { name: 'TimeoutError' }, sent: [{}, {}, {}, {}] });
});
