import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { messageOpened } from '../../events/message.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { emit } from '../../functions/shared/store/changes.ts';
import { merging } from '../merging/merge-pair.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

type Published = { tenant: string; group: string; customerId: string; type: string; data: unknown };

/** a queue that notes what is sent to it */
const openQueue = async () => {
  const published: Published[] = [];
  const server = createServer(async (request, reply) => {
    const { Entries } = JSON.parse(await text(request));
    for (const { MessageBody, MessageGroupId } of Entries) {
      const { type, doc } = JSON.parse(MessageBody);
      published.push({ ...doc, type, group: MessageGroupId });
    }
    reply.setHeader('content-type', 'application/x-amz-json-1.0');
    reply.end(JSON.stringify({ Failed: [] }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, published, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

test('a republication covers events that a merge has moved, and no imported history', async () => {
  const crm = merging(await world());
  const [into, from] = [await crm.customer({ givenName: 'Ada' }), await crm.customer({ givenName: 'Eve' })];
  await ownTable(crm.awsUrl);
  const { store } = ctxOf({ tenant: crm.tenant, actor: 'rapport:test', now: await crm.now() });
  const opened = (cause: string, past: boolean) => {
    const data = { channel: 'email' as const, topic: null, cause };
    return emit(messageOpened, { customerId: from as 'cus_', about: 'msg', data, ...(past ? { past } : {}) });
  };
  await store.commit([opened('history', true), opened('news', false)]);
  expect((await crm.merge(into, from)).status).toBe(200);
  await crm.idle();

  const queue = await openQueue();
  const span = ['--from', '2020-01-01T00:00:00.000Z', '--to', '2090-01-01T00:00:00.000Z'];
  const script = join(import.meta.dirname, '../../bin/republish.ts');
  const args = [
    script,
    '--table',
    process.env.TABLE_NAME ?? '',
    '--queue',
    'arn:aws:sqs:us-east-1:000000000000:due',
    ...span,
  ];
  const env = { ...process.env, AWS_ENDPOINT_URL_SQS: queue.url };
  await promisify(execFile)(process.execPath, args, { env });
  queue.server.close();

  const own = queue.published.filter(({ tenant }) => tenant === crm.tenant);
  expect(own.every(({ group }) => group === crm.tenant)).toBe(true);
  expect(own.filter(({ type }) => type === 'message.opened')).toMatchObject([
    { customerId: into, data: { cause: 'news' } },
  ]);
  expect(own.filter(({ type }) => type === 'customer.created')).toHaveLength(2);
});
