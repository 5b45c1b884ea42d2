import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { slice } from './slice.ts';

const clockTime = (instant: string, hours: number, minutes = 0) =>
  new Date(Date.parse(instant) + hours * 3_600_000 + minutes * 60_000).toISOString().slice(11, 16);

test('fifty events at once under a cap of one make one e-mail; the others are skipped by name of the cap', async () => {
  const crm = slice(await world());
  await crm.settings({ frequencyCaps: [{ channel: 'email', max: 1, per: 'P1D' }] });
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.idle();
  await crm.trigger((await crm.template()).id, { when: { 'detail-type': ['consent.changed'] } });
  await Promise.all(Array.from({ length: 50 }, (_, nth) => crm.consent(ada.id, 'granted', 'sms', `topic-${nth}`)));
  await crm.idle(60_000);
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  const { body } = await crm.ask('GET /v1/messages', { query: { customerId: ada.id, limit: 100 } });
  const states = body.items.map(({ state, reason }: { state: string; reason: string | null }) => reason ?? state);
  expect(states).toHaveLength(50);
  expect(states.filter((state: string) => state === 'delivered')).toHaveLength(1);
  expect(new Set(states)).toEqual(new Set(['delivered', 'frequency cap: 1 of 1 email messages in P1D sent already']));
});

test('twenty requests at once without a cap are all sent, each once', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await Promise.all(Array.from({ length: 20 }, () => crm.request(ada.id)));
  await crm.idle(60_000);
  expect(await crm.outbox(ada.email)).toHaveLength(20);
});

test('a cap counts channels apart unless it is over all of them, and passes transactional messages by', async () => {
  const crm = slice(await world());
  await crm.settings({
    frequencyCaps: [
      { channel: 'sms', max: 0, per: 'P1D' },
      { max: 2, per: 'P7D' },
    ],
  });
  const ada = await crm.customer({ phone: '+65 6123 4567', address: { country: 'SG' } });
  await crm.consent(ada.id);
  await crm.consent(ada.id, 'granted', 'sms');
  await crm.request(ada.id, { channel: 'sms' });
  for (let nth = 0; nth < 3; nth++) {
    await crm.request(ada.id);
    await crm.idle();
  }
  await crm.request(ada.id, { topic: null, content: { subject: 'Receipt', body: 'Paid' } });
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['News', 'News', 'Receipt']);
  const reasons = (await crm.messages(ada.id)).map(({ reason }) => reason).filter(Boolean);
  expect(new Set(reasons)).toEqual(
    new Set([
      'frequency cap: 0 of 0 sms messages in P1D sent already',
      'frequency cap: 2 of 2 messages in P7D sent already',
    ]),
  );
});

test('in quiet hours a message is held and sent when they end; a transactional one is sent at once', async () => {
  const crm = slice(await world());
  const now = await crm.now();
  // all but ten minutes of the day, so that other tests may move the clock meanwhile
  await crm.settings({ quietHours: { from: clockTime(now, 6, 10), to: clockTime(now, 6) } });
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.request(ada.id, { topic: null, content: { subject: 'Receipt', body: 'Paid' } });
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['Receipt']);
  const held = (await crm.messages(ada.id)).find(({ state }) => state === 'held');
  expect(held?.heldUntil.slice(11, 16)).toBe(clockTime(now, 6));
  expect(held?.reason).toContain('quiet hours');
  await crm.advance('P1D');
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['Receipt', 'News']);
  expect((await crm.decisions(ada.id, 'message')).map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'held']);
});

test('a held message is decided again: it is not sent if consent was withdrawn meanwhile', async () => {
  const crm = slice(await world());
  const now = await crm.now();
  await crm.settings({ quietHours: { from: clockTime(now, 6, 10), to: clockTime(now, 6) } });
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  await crm.consent(ada.id, 'withdrawn');
  await crm.advance('P1D');
  await crm.idle();
  expect(await crm.outbox(ada.email)).toEqual([]);
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'skipped', heldUntil: null }]);
});

test('an SMS reaches the phone; a channel without an address is skipped by name', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ phone: '+6581234501' });
  const eve = await crm.customer();
  for (const { id } of [ada, eve]) for (const channel of ['sms', 'push']) await crm.consent(id, 'granted', channel);
  const { id: templateId } = await crm.template({
    channel: 'sms',
    subject: undefined,
    body: 'Hi {{ customer.givenName }} & co',
  });
  for (const { id } of [ada, eve]) await crm.request(id, { channel: 'sms', templateId, content: undefined });
  await crm.request(eve.id, { channel: 'push' });
  await crm.idle();
  expect(await crm.outbox('+6581234501')).toMatchObject([{ channel: 'sms', text: 'Hi Ada & co' }]);
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'sent', to: '+6581234501' }]);
  expect(new Set((await crm.messages(eve.id)).map(({ reason }) => reason))).toEqual(
    new Set(['the customer has no address for sms', 'the customer has no address for push']),
  );
});

test('a message that cannot be rendered, or whose template is for something else, is skipped with the reason', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const sms = await crm.template({ channel: 'sms', subject: undefined });
  await crm.request(ada.id, { content: { subject: 'x', body: '{% for i in (1..99999999) %}x{% endfor %}' } });
  await crm.request(ada.id, { content: { subject: '{{ nothing }}', body: 'x' } });
  await crm.request(ada.id, { content: undefined, templateId: sms.id });
  await crm.request(ada.id, { content: undefined, templateId: 'tpl_00000000000000000000000000' });
  await crm.idle();
  const reasons = (await crm.messages(ada.id)).map(({ reason }) => reason).sort();
  expect(reasons).toEqual([
    expect.stringContaining('cannot be rendered: memory alloc limit exceeded, line:1'),
    'the subject comes out empty',
    'the template is for sms, not email',
    'there is no template tpl_00000000000000000000000000',
  ]);
});

test('an open severe case, or an overdue invoice where that is set, holds back promotion; what is transactional is sent', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const send = async () => {
    await crm.request(ada.id);
    await crm.request(ada.id, { topic: null, content: { subject: 'Receipt', body: 'Paid' } });
    await crm.idle();
    const [news] = (await crm.messages(ada.id)).filter(({ topic }) => topic === 'news');
    return news?.reason ?? news?.state;
  };
  const body = { customerId: ada.id, type: 'complaint', subject: 'Brakes failed', channel: 'web', priority: 'urgent' };
  const { id, number } = (await crm.ask('POST /v1/cases', { body })).body;
  await crm.idle();
  expect(await send()).toBe('case');
  expect((await crm.decisions(ada.id, 'message')).map(({ outcome, reasons }) => [outcome, reasons[0]])).toContainEqual([
    'skipped',
    `case: the case ${number} is open`,
  ]);
  const subjects = async () => (await crm.outbox(ada.email)).map(({ subject }) => subject);
  expect(await subjects()).toContain('Receipt');
  expect(await subjects()).not.toContain('News');
  await crm.settings({ guards: { openSevereCase: false } });
  expect(await send()).toBe('delivered');
  await crm.settings({});
  expect(await send()).toBe('case');
  await crm.ask('POST /v1/cases/{id}/resolve', { params: { id }, body: { resolution: 'Repaired' } });
  expect(await send()).toBe('delivered');

  const invoice = { customerId: ada.id, number: 'R-1', total: { amount: 100, currency: 'SGD' } };
  const dates = { issuedOn: '2026-01-01', dueOn: '2026-01-15' };
  expect((await crm.ask('POST /v1/invoices', { body: { ...invoice, ...dates } })).status).toBe(201);
  await crm.idle();
  await crm.advance('P2D');
  await crm.idle();
  expect(await send()).toBe('delivered');
  await crm.settings({ guards: { overdueInvoice: true } });
  expect(await send()).toBe('invoice');
  expect((await crm.decisions(ada.id, 'message'))[1]?.reasons).toEqual([
    'invoice: an invoice is overdue since 2026-01-15',
  ]);
});

test('outside the send windows of its channel a message waits for the next one; a cool-down makes it wait for its end', async () => {
  const crm = slice(await world());
  const now = await crm.now();
  const soon = {
    days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    from: clockTime(now, 6),
    to: clockTime(now, 8),
  };
  await crm.settings({ sendWindows: [{ channel: 'email', ...soon }], coolDown: 'P2D', defaultTimeZone: 'UTC' });
  const ada = await crm.customer({ phone: '+6581234502' });
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.request(ada.id);
  await crm.request(ada.id, { topic: null, content: { subject: 'Receipt', body: 'Paid' } });
  await crm.idle();
  const held = (await crm.messages(ada.id)).filter(({ state }) => state === 'held');
  expect(held.map(({ heldUntil }) => heldUntil.slice(11, 16))).toEqual([clockTime(now, 6), clockTime(now, 6)]);
  await crm.advance('PT7H');
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['Receipt', 'News']);
  const [waiting] = (await crm.messages(ada.id)).filter(({ state }) => state === 'held');
  expect(waiting?.reason).toBe('cool-down of P2D after the last message');
  await crm.advance('P3D');
  await crm.idle();
  expect((await crm.outbox(ada.email)).map(({ subject }) => subject)).toEqual(['Receipt', 'News', 'News']);
  const ask = (body: unknown) => crm.ask('PUT /v1/settings/messaging', { body });
  const shut = await ask({
    quietHours: { from: '20:00', to: '09:00' },
    sendWindows: [{ days: ['mon'], from: '21:00', to: '08:00' }],
  });
  expect(shut.body.errors).toEqual([{ path: 'sendWindows.0', message: 'all windows are in the quiet hours' }]);
  const zones = await ask({ timeZone: 'Asia/Singapore' });
  expect(zones.body).toMatchObject({ timeZone: 'Asia/Singapore', defaultTimeZone: 'Asia/Singapore' });
});

test('a cap on an address counts what all customers with it got', async () => {
  const crm = slice(await world());
  await crm.settings({ frequencyCaps: [{ channel: 'sms', max: 1, per: 'P1D', address: true }] });
  const phone = '+6591112223';
  for (const one of [await crm.customer({ phone }), await crm.customer({ phone })]) {
    await crm.consent(one.id, 'granted', 'sms');
    await crm.request(one.id, { channel: 'sms', content: { body: 'Hi' } });
    await crm.idle();
  }
  expect(await crm.outbox(phone)).toHaveLength(1);
});

test('a global control group is spared by campaigns that say so, by the same customers each time', async () => {
  const crm = slice(await world());
  await crm.settings({ control: { percent: 50 } });
  const people = [];
  for (let nth = 0; nth < 8; nth++) people.push(await crm.customer());
  const reached = [];
  for (const campaignId of ['cmp_1', 'cmp_2']) {
    for (const { id } of people) {
      await crm.consent(id);
      await crm.request(id, { control: 'global', campaignId, variant: 'a' });
    }
    await crm.idle();
    const all = await Promise.all(people.map(({ id }) => crm.messages(id)));
    const of = all.map(messages => messages.find(one => one.campaignId === campaignId));
    reached.push(of.map(message => message?.reason ?? message?.state));
  }
  expect(reached[0]).toEqual(reached[1]);
  for (const one of reached[0] ?? [])
    expect(['delivered', 'control: one of the 50 % whom no campaign reaches']).toContain(one);
});
