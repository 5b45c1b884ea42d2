import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { type Row, slice } from './slice.ts';

test('after a permanent bounce nothing more is sent to the address', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ email: `bounce+${crm.tenant}@simulator.amazonses.com` });
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'bounced', reason: 'smtp; 550 5.1.1 user unknown' }]);
  expect(await crm.timeline(ada.id, 'message.bounced')).toMatchObject([{ data: { permanent: true } }]);
  await crm.request(ada.id);
  await crm.request(ada.id, { topic: null });
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  const [latest] = await crm.messages(ada.id);
  expect(latest?.state).toBe('skipped');
  expect(latest?.reason).toContain('the address is suppressed since');
});

test('an address that came back or complained shows as not reachable, with the reason and since when, until it is another', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ email: `bounce+${crm.tenant}@simulator.amazonses.com` });
  const eve = await crm.customer({ email: `complaint+${crm.tenant}@simulator.amazonses.com` });
  for (const { id } of [ada, eve]) {
    await crm.consent(id);
    await crm.request(id);
  }
  await crm.idle();
  const shown = async ({ id }: { id: string }, of: 'view' | 'contactability') => {
    const { body } = await crm.ask(`GET /v1/customers/{id}/${of}`, { params: { id } });
    const all: Row[] = of === 'view' ? body.contactability : body.channels;
    const email = all.find(({ channel }) => channel === 'email');
    return of === 'view' ? email?.unreachable : email?.suppressed;
  };
  const since = expect.stringMatching(/^20.*Z$/);
  const bounced = { reason: 'bounced: smtp; 550 5.1.1 user unknown', since };
  const complained = { reason: expect.stringMatching(/^complained: /), since };
  for (const of of ['view', 'contactability'] as const) {
    expect(await shown(ada, of)).toEqual(bounced);
    expect(await shown(eve, of)).toEqual(complained);
  }
  const into = await crm.customer({ phone: '+6561234567' });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: into.id }, body: { email: null } });
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: into.id }, body: { from: ada.id } });
  await crm.idle();
  expect(await shown(into, 'view')).toEqual(bounced);
  await crm.ask('PATCH /v1/customers/{id}', {
    params: { id: eve.id },
    body: { email: `new-${crm.tenant}@example.com` },
  });
  expect([await shown(eve, 'view'), await shown(eve, 'contactability')]).toEqual([null, null]);
});

test('a complaint suppresses the address, a transient bounce does not', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ email: `complaint+${crm.tenant}@simulator.amazonses.com` });
  const eve = await crm.customer();
  for (const { id } of [ada, eve]) {
    await crm.consent(id);
    await crm.request(id);
  }
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'complained' }]);
  const [sent] = await crm.messages(eve.id);
  await crm.report('Bounce', sent?.id, { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } });
  await crm.idle();
  expect(await crm.messages(eve.id)).toMatchObject([{ state: 'bounced', reason: 'MailboxFull' }]);
  for (const { id } of [ada, eve]) await crm.request(id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  expect(await crm.outbox(eve.email)).toHaveLength(2);
});

test('reports take a message onwards only, in whatever order and however often they come', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.idle();
  const [{ id = '' } = {}] = await crm.messages(ada.id);
  await crm.report('Click', id, { click: { link: 'https://auto.example/' } });
  await crm.idle();
  for (const type of ['Open', 'Send', 'Delivery', 'Click', 'Click', 'DeliveryDelay']) await crm.report(type, id);
  await crm.report('Delivery', 'msg_00000000000000000000000000');
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'clicked' }]);
  expect(await crm.timeline(ada.id, 'message.clicked')).toMatchObject([{ data: { link: 'https://auto.example/' } }]);
  expect(await crm.timeline(ada.id, 'message.opened')).toEqual([]);
});

test('messages are listed by customer and by state, and read with their content; another tenant sees none', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id);
  await crm.request(ada.id, { topic: 'other' });
  await crm.idle();
  const { body } = await crm.ask('GET /v1/messages', { query: { customerId: ada.id, state: 'skipped' } });
  expect(body.items).toMatchObject([{ topic: 'other' }]);
  const byState = await crm.ask('GET /v1/messages', { query: { state: 'delivered' } });
  expect(byState.body.items).toMatchObject([{ customerId: ada.id }]);
  const { id } = byState.body.items[0];
  const read = await crm.ask('GET /v1/messages/{id}', { params: { id } });
  expect(read.body).toMatchObject({ id, content: { text: expect.stringContaining('News for Ada') } });
  expect(read.body).not.toHaveProperty('content.unsubscribeUrl');
  expect((await crm.ask('GET /v1/messages')).body).toMatchObject({ code: 'request.invalid' });
  const other = await world();
  expect((await other.ask('GET /v1/messages/{id}', { params: { id } })).status).toBe(404);
  const sales = await crm.tokenFor(['agent']);
  expect((await crm.ask('PUT /v1/settings/messaging', { token: sales, body: {} })).status).toBe(403);
});
