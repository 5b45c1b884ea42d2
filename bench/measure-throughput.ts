import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainStack, type Tenant } from './stack.ts';
import { rate, round } from './statistics.ts';
import { customer, tracked } from './subjects.ts';
import type { Table } from './table.ts';

const atOnce = 8;

/** requests a second to a server that does nothing: what client and HTTP alone allow here */
const bareHttp = async () => {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.end('{"ok":true}'));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const found = await rate(2_000, atOnce, async () => (await fetch(url, { method: 'POST', body: '{}' })).text());
  server.closeAllConnections();
  server.close();
  return found;
};

type Plain = Awaited<ReturnType<typeof plainStack>>;

/** writes of one item of about a kilobyte a second, by the engine alone */
const rawPuts = ({ engine, tableName }: Plain) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.PutItem',
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
  };
  const put = (nth: number) =>
    new Promise<void>((resolve, fail) => {
      const Item = { pk: { S: `raw#${nth}` }, sk: { S: '~' }, text: { S: 'x'.repeat(1000) } };
      const sent = request(engine.url, { method: 'POST', agent, headers }, reply => {
        reply.resume().on('end', () => (reply.statusCode === 200 ? resolve() : fail(new Error(`${reply.statusCode}`))));
      });
      sent.on('error', fail);
      sent.end(JSON.stringify({ TableName: tableName, Item }));
    });
  return rate(1_000, atOnce, put).finally(() => agent.destroy());
};

type Line = { name: string; rate: number; items?: number };

const measureAll = async (stack: Plain, crm: Tenant, say: (line: string) => void): Promise<Line[]> => {
  const lines: Line[] = [];
  const take = async (name: string, measure: () => Promise<number>, items = 1) => {
    say(name);
    lines.push({ name, rate: (await measure()) * items });
    await crm.idle();
  };
  const one = await customer(crm);
  await crm.track(tracked(one.externalId));
  const batch = (size: number) => () => crm.track(...Array.from({ length: size }, () => tracked(one.externalId)));
  await rate(16, atOnce, () => customer(crm)); // starts what there is to start
  await crm.idle();
  await take('bare HTTP: requests', bareHttp);
  await take('engine alone: puts of 1 KB', () => rawPuts(stack));
  await take('customers created', () => rate(200, atOnce, () => customer(crm)));
  await take('single views', () =>
    rate(400, atOnce, () => crm.ask('GET /v1/customers/{id}/view', { params: { id: one.id } })),
  );
  await take('tracked events, one a request', () => rate(200, atOnce, batch(1)));
  await take('tracked events, 25 a request', () => rate(80, atOnce, batch(25)), 25);
  await take('tracked events, 100 a request', () => rate(40, atOnce, batch(100)), 100);
  return lines;
};

/** How much a second the whole local stack takes, with its client on the same cores. */
export const measureThroughput = async (template: string, say: (line: string) => void) => {
  const stack = await plainStack(template);
  let lines: Line[];
  try {
    lines = await measureAll(stack, await stack.tenant(), say);
  } finally {
    await stack.close();
  }
  const [http, engine] = lines.map(line => line.rate);
  const table: Table = {
    title: 'Local throughput',
    note: [
      `As of this machine: ${atOnce} requests at once, client, gateway, functions, engine and what the events bring about on the same cores.`,
      'The ratios are to what bare HTTP and the engine alone did in the same run.',
    ].join('\n'),
    head: ['what', 'a second', 'of bare HTTP', 'of the engine'],
    rows: lines.map(line => [
      line.name,
      round(line.rate),
      round(line.rate / (http ?? 1), 3),
      round(line.rate / (engine ?? 1), 2),
    ]),
  };
  return { table, budgets: [] };
};
