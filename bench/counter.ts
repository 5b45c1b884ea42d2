import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a function to a service. `units` are of the table and its indexes together; `events` those put on a bus. */
export type Call = {
  function: string;
  service: string;
  operation: string;
  read: number;
  write: number;
  events: number;
};

/** endpoints of services by their SDK names; known only once the stack has started */
export type Upstream = { dynamodb: string; others: string };

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer };
type Consumed = { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] };

const bodyOf = async (stream: IncomingMessage) => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const forward = (url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Reply> =>
  new Promise((resolve, fail) => {
    const sent = request(url, { method, headers: { ...headers, 'content-length': body.length } }, async reply => {
      resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: await bodyOf(reply) });
    });
    sent.on('error', fail);
    sent.end(body);
  });

const isRead = (operation: string) => /Get|Query|Scan/.test(operation);

const unitsIn = (body: Buffer) => {
  const { ConsumedCapacity = [] } = JSON.parse(String(body) || '{}') as Consumed;
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
};

/** the costs of a call, from its request and reply */
const account = (service: string, operation: string, request: Buffer, reply: Reply) => {
  const none = { read: 0, write: 0, events: 0 };
  if (service === 'eventbridge') return { ...none, events: JSON.parse(String(request)).Entries?.length ?? 0 };
  if (service !== 'dynamodb') return none;
  const units = unitsIn(reply.body);
  return isRead(operation) ? { ...none, read: units } : { ...none, write: units };
};

/**
 * Stands between functions and services and counts. A function reaches service `s` at `<url>/<function>/<s>`. Requests to
 * the table are made to ask for the capacity they consume; replies are handed on as they are.
 */
export const openCounter = async () => {
  const calls: Call[] = [];
  const upstream: Upstream = { dynamodb: '', others: '' };

  const pass = async (incoming: IncomingMessage): Promise<Reply> => {
    const [, name = '', service = '', ...rest] = (incoming.url ?? '').split('/');
    const operation = String(incoming.headers['x-amz-target'] ?? `${incoming.method} /${rest.join('/')}`);
    const given = await bodyOf(incoming);
    const isTable = service === 'dynamodb';
    const body = isTable
      ? Buffer.from(JSON.stringify({ ...JSON.parse(String(given)), ReturnConsumedCapacity: 'TOTAL' }))
      : given;
    const reply = await forward(`${isTable ? upstream.dynamodb : upstream.others}/${rest.join('/')}`, incoming, body);
    const short = operation.split('.').at(-1)!;
    calls.push({ function: name, service, operation: short, ...account(service, short, given, reply) });
    return reply;
  };

  const server = createServer((incoming, outgoing) => {
    pass(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      error => outgoing.writeHead(502).end(String(error)),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // it keeps no process from ending
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    upstream,
    /** where a function reaches a service */
    at: (name: string, service: string) => `${url}/${name}/${service}`,
    /** what was called since the last time */
    taken: () => calls.splice(0),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
};

export type Counter = Awaited<ReturnType<typeof openCounter>>;
