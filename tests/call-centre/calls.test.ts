import { expect, test } from 'vitest';
import { desk } from '../service/desk-world.ts';
import { world } from '../world.ts';

const phone = '+6591234567';

const code = { name: 'Will be called back', callBack: { queue: 'call-backs', after: 'PT0S' } };

const centre = async () => {
  const crm = desk(await world());
  const put = (id: string, body: object) => crm.done(crm.ask('PUT /v1/wrap-up-codes/{id}', { params: { id }, body }));
  await put('later', code);
  await put('solved', { name: 'Solved' });
  const incoming = (body: object) => crm.ask('POST /v1/calls/incoming', { body });
  const wrapUp = (id: string, body: object) => crm.ask('POST /v1/calls/{id}/wrap-up', { params: { id }, body });
  return { ...crm, incoming, wrapUp };
};

test('who answers sees who calls, what is open and what is next; the call is on the timeline once', async () => {
  const crm = await centre();
  const ada = await crm.customer({ phone });
  const opened = await crm.open({ customerId: ada.id, subject: 'Brake noise' });
  const task = { customerId: ada.id, kind: 'task', subject: 'Send the manual', dueAt: '2030-01-01T09:00:00Z' };
  await crm.done(crm.ask('POST /v1/activities', { body: task }));
  await crm.idle();
  const calls = [await crm.incoming({ callId: 'c1', from: '9123 4567', country: 'SG' })];
  calls.push(await crm.incoming({ callId: 'c1', from: phone }));
  for (const { status, body } of calls) {
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.customers).toMatchObject([{ id: ada.id, givenName: 'Ada', openCases: [{ id: opened.id }] }]);
    const titles = body.customers[0].nextActions.map(({ title }: { title: string }) => title);
    expect(titles.sort()).toEqual(['Brake noise', 'Send the manual']);
    expect(body.customers[0]).not.toHaveProperty('email');
  }
  await crm.idle();
  const received = (await crm.timeline(ada.id)).filter(({ type }) => type === 'call.received');
  expect(received).toMatchObject([{ data: { callId: 'c1', line: null } }]);
});

test('a withheld or unknown number is nobody; a shared one is each of them; no number is refused', async () => {
  const crm = await centre();
  const both = [await crm.customer({ phone }), await crm.customer({ givenName: 'Eve', phone })];
  await crm.idle();
  expect((await crm.incoming({ callId: 'c1' })).body.customers).toEqual([]);
  expect((await crm.incoming({ callId: 'c2', from: '+6598765432' })).body.customers).toEqual([]);
  const { customers } = (await crm.incoming({ callId: 'c3', from: phone })).body;
  expect(customers.map(({ id }: { id: string }) => id).sort()).toEqual(both.map(({ id }) => id).sort());
  const refused = await crm.incoming({ callId: 'c4', from: 'anybody' });
  expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'from']);
  expect((await crm.wrapUp('c3', { code: 'solved' })).body.errors[0].path).toBe('customerId');
});

test('a call is wrapped up once, with a code of the company; the call-back waits on its queue and is taken by one', async () => {
  const crm = await centre();
  const ada = await crm.customer({ phone });
  await crm.idle();
  await crm.incoming({ callId: 'c1', from: phone });
  expect((await crm.wrapUp('c1', { code: 'none' })).body.errors[0].path).toBe('code');
  expect((await crm.wrapUp('c9', { code: 'later' })).body.code).toBe('call.not-found');
  const wrapped = await crm.wrapUp('c1', { code: 'later', note: 'About the pads', durationMinutes: 3 });
  expect(wrapped.status, JSON.stringify(wrapped.body)).toBe(201);
  expect(wrapped.body.activity).toMatchObject({
    kind: 'call',
    direction: 'inbound',
    outcome: 'later',
    body: 'About the pads',
  });
  expect(wrapped.body.callBack).toMatchObject({ queue: 'call-backs', to: phone, script: 'About the pads' });
  expect((await crm.wrapUp('c1', { code: 'later' })).body.code).toBe('call.wrapped-up');
  await crm.idle();
  const take = (assignedTo: string, queue = 'call-backs') =>
    crm.ask('POST /v1/calls/next', { body: { queue, assignedTo } });
  const taken = await Promise.all(['ben', 'sue'].map(one => take(one)));
  expect(taken.map(({ status }) => status).sort()).toEqual([200, 404]);
  const call = taken.find(({ status }) => status === 200)?.body;
  expect((await take('ben', 'welcome')).body.code).toBe('call.none-due');
  const params = { id: call.id };
  await crm.done(crm.ask('POST /v1/calls/{id}/assign', { params, body: { assignedTo: 'eve' } }));
  const mine = await crm.ask('GET /v1/calls', { query: { assignedTo: 'eve' } });
  expect(mine.body.items).toMatchObject([{ id: call.id, customerId: ada.id }]);
  await crm.done(crm.ask('POST /v1/calls/{id}/outcome', { params, body: { outcome: 'reached', note: 'Happy' } }));
  await crm.idle();
  const outbound = (await crm.timeline(ada.id)).filter(({ data }) => data.direction === 'outbound');
  expect(outbound).toMatchObject([{ type: 'activity.recorded', data: { kind: 'call', outcome: 'reached' } }]);
});

test('a voice menu goes by what is known of the caller', async () => {
  const crm = await centre();
  const ada = await crm.customer({ phone });
  await crm.open({ customerId: ada.id });
  await crm.done(
    crm.ask('PUT /v1/placements/{id}', { params: { id: 'ivr' }, body: { name: 'IVR', fallback: { menu: 'main' } } }),
  );
  const offer = {
    name: 'Case menu',
    placements: ['ivr'],
    content: { menu: 'case' },
    promotional: false,
    if: { all: [{ record: 'case' }, { attribute: 'context.channel', is: 'phone' }] },
  };
  await crm.done(crm.ask('POST /v1/offers', { body: offer }));
  await crm.idle();
  const [{ id: customerId }] = (await crm.incoming({ callId: 'c1', from: phone })).body.customers;
  const decide = async (channel: string) =>
    (await crm.ask('POST /v1/decide', { body: { placement: 'ivr', customerId, context: { channel } } })).body.content;
  expect([await decide('phone'), await decide('web')]).toEqual([{ menu: 'case' }, { menu: 'main' }]);
});
