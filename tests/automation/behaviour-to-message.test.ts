import { expect, test } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

const header = (mail: Row, name: string) =>
  mail.headers.find((one: { name: string }) => one.name.toLowerCase() === name.toLowerCase())?.value;

test('an event that a trigger waits for becomes one e-mail, rendered for the customer and with one-click unsubscribe', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ attributes: { colour: '<red>' } });
  await crm.consent(ada.id);
  const template = await crm.template({
    subject: 'For {{ customer.givenName }}',
    body: '<p>Dear {{ customer.name }}, {{ customer.attributes.colour }} it is: {{ event.type }} at {{ tenant.name }}</p>',
  });
  const trigger = await crm.trigger(template.id);
  await crm.happen(ada.id);
  await crm.idle();

  const mails = await crm.outbox(ada.email);
  expect(mails).toHaveLength(1);
  const [mail] = mails as [Row];
  expect(mail.subject).toBe('For Ada');
  expect(mail.html).toContain(`Dear Ada Tan, &lt;red&gt; it is: customer.updated at ${crm.tenant}`);
  expect(mail.text).toContain('Dear Ada Tan, <red> it is');
  expect(header(mail, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  const link = header(mail, 'List-Unsubscribe').match(/^<(https?:\/\/[^>]+\/v1\/unsubscribe\/[^>]+)>$/)[1];
  expect(mail.html).toContain(`<a href="${link}">`);
  expect(mail.text).toContain(link);

  expect(await crm.messages(ada.id)).toMatchObject([
    { channel: 'email', to: ada.email, subject: 'For Ada', state: 'delivered', reason: null, cause: trigger.id },
  ]);
  expect(await crm.decisions(ada.id, 'message')).toMatchObject([{ outcome: 'sent', cause: trigger.id }]);
  expect(await crm.decisions(ada.id, 'trigger')).toMatchObject([{ outcome: 'fired', cause: trigger.id }]);
  const types = (await crm.timeline(ada.id)).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['message.requested', 'message.sent', 'message.delivered']));
});

test('without consent the message is skipped, and the decision log has the reason', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  const trigger = await crm.trigger((await crm.template()).id);
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toEqual([]);
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'skipped', reason: 'no consent to news by email' }]);
  expect(await crm.decisions(ada.id, 'message')).toMatchObject([
    { outcome: 'skipped', reasons: ['no consent to news by email'], cause: trigger.id },
  ]);
});

test('a customer who does not meet the condition gets nothing, and the decision log names the part that failed', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ address: { country: 'MY' } });
  await crm.consent(ada.id);
  const trigger = await crm.trigger((await crm.template()).id, { if: { attribute: 'address.country', is: 'SG' } });
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.messages(ada.id)).toEqual([]);
  const [decision] = await crm.decisions(ada.id, 'trigger');
  expect(decision).toMatchObject({ outcome: 'not fired', cause: trigger.id });
  expect(decision?.reasons.join(' ')).toContain('address.country');
});

test('a condition over consents and earlier events is judged by the facts at that time', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.trigger((await crm.template()).id, {
    if: {
      all: [
        { event: 'customer.updated', count: { gte: 2 }, within: 'P30D' },
        { consent: { channel: 'email', topic: 'news' } },
      ],
    },
  });
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(0);
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
});

test('a paused trigger does nothing until it is active again', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const { id } = await crm.trigger((await crm.template()).id);
  expect((await crm.ask('POST /v1/triggers/{id}/pause', { params: { id } })).body.state).toBe('paused');
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(0);
  expect((await crm.ask('POST /v1/triggers/{id}/activate', { params: { id } })).body.state).toBe('active');
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
});

test('an event that arrives twice makes one e-mail', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.trigger((await crm.template()).id);
  await crm.happen(ada.id);
  await crm.idle();
  const [event] = await crm.timeline(ada.id, 'customer.updated');
  const [requested] = await crm.timeline(ada.id, 'message.requested');
  for (const [source, detailed] of [
    ['rapport.customers', event],
    ['rapport.messaging', requested],
    // the same request under another event id meets the send ledger
    ['rapport.messaging', { ...requested, id: `${requested?.id.slice(0, -1)}x` }],
  ] as const) {
    const { type, ...detail } = detailed as { type: string };
    await crm.put(type, { ...detail, customerId: ada.id }, source);
  }
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  expect(await crm.messages(ada.id)).toHaveLength(1);
});

test('a trigger matches tracked behaviour by its name', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ externalId: 'u-1' });
  await crm.consent(ada.id);
  const template = await crm.template({ subject: 'About {{ event.properties.sku }}', body: 'plain {{ event.name }}' });
  await crm.trigger(template.id, {
    when: {
      'detail-type': ['tracked.track'],
      detail: { data: { event: ['Product Viewed'], properties: { price: [{ numeric: ['>', 100] }] } } },
    },
  });
  const track = (event: string, price: number, messageId: string) =>
    crm.put('track', { userId: 'u-1', event, messageId, properties: { sku: 'AX-7', price } });
  await track('Product Viewed', 200, 'm-1');
  await track('Product Viewed', 200, 'm-1');
  await track('Product Viewed', 50, 'm-2');
  await track('Product Bought', 200, 'm-3');
  await crm.idle();
  expect(await crm.outbox(ada.email)).toMatchObject([
    { subject: 'About AX-7', text: expect.stringContaining('plain Product Viewed') },
  ]);
});

test('a trigger tags a customer, once', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.trigger('', { then: [{ tag: 'keen' }] });
  await crm.happen(ada.id);
  await crm.happen(ada.id);
  await crm.idle();
  const { body } = await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } });
  expect(body.attributes.tags).toEqual(['keen']);
});

test('however many triggers one event sets off, each of them acts, once', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const { id: template } = await crm.template();
  const triggers = [];
  for (let nth = 0; nth < 60; nth++) triggers.push((await crm.trigger(template)).id);
  await crm.happen(ada.id);
  await crm.idle(60_000);
  const { body } = await crm.ask('GET /v1/messages', { query: { customerId: ada.id, limit: 100 } });
  const causes = body.items.map(({ cause }: Row) => cause);
  expect(causes.toSorted()).toEqual(triggers.toSorted());
  expect(await crm.outbox(ada.email)).toHaveLength(60);
});
