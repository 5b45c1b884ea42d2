import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { webhookSignature } from '../../../functions/shared/http/webhook.ts';
import { type Row, slice } from '../../messaging/slice.ts';
import { world } from '../../world.ts';

const entering = async () => {
  const crm = slice(await world());
  const journey = async (body: object) => {
    const made = await crm.ask('POST /v1/journeys', { body: { name: 'A journey', state: 'active', ...body } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await crm.idle();
    return made.body.id as string;
  };
  const runs = async (id: string) => {
    await crm.idle();
    return (await crm.ask('GET /v1/journeys/{id}/runs', { params: { id } })).body.items as Row[];
  };
  return { ...crm, journey, runs };
};

test('customers enter as they come into a segment; with all of its members, also who is in it', async () => {
  const crm = await entering();
  const [ada, bob] = [await crm.customer({ attributes: { level: 'gold' } }), await crm.customer()];
  const body = { name: 'Gold', condition: { attribute: 'attributes.level', is: 'gold' } };
  const segment = (await crm.ask('POST /v1/segments', { body })).body.id;
  await crm.idle();
  const steps = [{ wait: 'P1D' }];
  const fresh = await crm.journey({ entry: { segment }, steps });
  const all = await crm.journey({ entry: { segment, members: 'all' }, steps });
  const who = async (id: string) => (await crm.runs(id)).map(({ customerId }) => customerId).toSorted();
  expect([await who(fresh), await who(all)]).toEqual([[], [ada.id]]);
  await crm.happen(bob.id, { level: 'gold' });
  await crm.idle();
  expect([await who(fresh), await who(all)]).toEqual([[bob.id], [ada.id, bob.id].toSorted()]);
  for (const verb of ['pause', 'activate']) await crm.ask(`POST /v1/journeys/{id}/${verb}`, { params: { id: all } });
  expect(await who(all)).toEqual([ada.id, bob.id].toSorted());
});

test('a condition that a customer comes to meet ends the wait for it, and one that holds already does at once', async () => {
  const crm = await entering();
  const [ada, bob] = [await crm.customer(), await crm.customer({ attributes: { level: 'gold' } })];
  const isGold = { attribute: 'attributes.level', is: 'gold' };
  const id = await crm.journey({ entry: { api: true }, steps: [{ waitFor: { if: isGold }, timeout: 'P9D' }] });
  for (const { id: customerId } of [ada, bob])
    await crm.ask('POST /v1/journeys/{id}/runs', { params: { id }, body: { customerId } });
  const states = async () => Object.fromEntries((await crm.runs(id)).map(run => [run.customerId, run.state]));
  expect(await states()).toEqual({ [ada.id]: 'running', [bob.id]: 'done' });
  await crm.happen(ada.id, { level: 'gold' });
  expect(await states()).toEqual({ [ada.id]: 'done', [bob.id]: 'done' });
});

test('of two runs of one key that a merger brings together the one of the customer that stays goes on', async () => {
  const crm = await entering();
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  const id = await crm.journey({ entry: { api: true }, steps: [{ wait: 'P1D' }] });
  const enter = (customerId: string) =>
    crm.ask('POST /v1/journeys/{id}/runs', { params: { id }, body: { customerId, key: 7 } });
  for (const one of [ada, eve]) expect((await enter(one.id)).status).toBe(201);
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: eve.id }, body: { from: ada.id } });
  const found = await crm.runs(id);
  expect(found.map(({ customerId, state }) => [customerId, state]).toSorted()).toEqual([
    [eve.id, 'exited'],
    [eve.id, 'running'],
  ]);
  expect(found.find(({ state }) => state === 'exited')?.reason).toMatch(/merged into one whose run run_/);
});

test('a call to this machine arrives, signed with the secret of the company', async () => {
  const crm = await entering();
  const calls: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  try {
    const url = `http://127.0.0.1:${port}/hook`;
    const id = await crm.journey({
      entry: { api: true },
      steps: [{ webhook: { url, body: { a: '{{ run.data.b }}' } } }],
    });
    const { id: customerId } = await crm.customer();
    await crm.ask('POST /v1/journeys/{id}/runs', { params: { id }, body: { customerId, data: { b: 'c' } } });
    await crm.idle();
  } finally {
    server.close();
  }
  const { secret } = (await crm.ask('GET /v1/settings/webhooks')).body;
  expect(calls).toMatchObject([{ body: '{"a":"c"}' }]);
  const { headers, body } = calls[0]!;
  const signed = { id: String(headers['webhook-id']), timestamp: Number(headers['webhook-timestamp']), body };
  expect(headers['webhook-signature']).toBe(webhookSignature(signed, [secret]));
});
