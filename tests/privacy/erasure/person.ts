import { expect } from 'vitest';
import { tracker } from '../../tracking/tracker.ts';
import type { World } from '../../world.ts';
import { belongings } from './belongings.ts';

let people = 0;

/** words that are met nowhere but with this person */
const marked = (mark: string, nth: number) => ({
  givenName: `Zerlinde${mark}`,
  familyName: `Quastenflosser${mark}`,
  email: `zq.${mark}@quasten.example`,
  otherEmail: `zq2.${mark}@quasten.example`,
  phone: `+65 6777 12${40 + nth}`,
  externalId: `shop-zq-${mark}`,
  device: `device-zq-${mark}`,
  street: `Korallenriff ${mark} 7`,
  attribute: `likes kelp ${mark}`,
  subject: `Squeaking gills ${mark}`,
  description: `They squeak since the ${mark} tide`,
  reply: `We oiled them, ${mark}`,
  note: `Customer is a fish, ${mark}`,
  property: `sku-${mark}`,
  interest: `wants a pond ${mark}`,
  deal: `Pond for ${mark}`,
  template: `You are the fish ${mark}`,
  consent: `reef form ${mark}`,
  file: `scanned passport ${mark}`,
});

export type Person = Awaited<ReturnType<typeof person>>;

/** A customer with something of everything, and all the words by which it would be known again. */
export const person = async (crm: World, mark: string) => {
  const words = marked(mark, people++);
  const shop = await tracker(crm);
  let requests = 0;
  const made = async (key: string, body: object, params: Record<string, string> = {}) => {
    const headers = { 'idempotency-key': `${requests++} ${mark}` };
    const reply = await crm.ask(key, { body, params, headers });
    expect([key, reply.status < 300, reply.body.errors, reply.body.detail]).toEqual([key, true, undefined, undefined]);
    return reply.body;
  };
  const { givenName, familyName, email, phone, externalId } = words;
  const address = { line1: words.street, country: 'SG' };
  const profile = { givenName, familyName, email, phone, externalId, address, attributes: { note: words.attribute } };

  await shop.post('/v1/track', {
    messageId: `m1-${mark}`,
    anonymousId: words.device,
    event: 'Pond Viewed',
    properties: { sku: words.property },
    timestamp: await crm.now(),
  });
  const customer = await made('POST /v1/customers', profile);
  const { id } = customer;
  await shop.post('/v1/identify', {
    messageId: `m2-${mark}`,
    userId: externalId,
    anonymousId: words.device,
    traits: { nickname: words.attribute },
    timestamp: await crm.now(),
  });
  const other = await made('POST /v1/customers', { givenName, email: words.otherEmail });
  await crm.idle();
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: words.consent, proof: { form: words.consent } },
  });
  const template = await made('POST /v1/templates', {
    name: 'fish',
    channel: 'email',
    subject: 'To {{ customer.givenName }}',
    body: 'Dear {{ customer.familyName }}, you looked at {{ event.data.properties.sku }}',
  });
  const trigger = await made('POST /v1/triggers', {
    name: 'fish',
    when: { source: ['rapport.tracking'], detail: { data: { event: ['Pond Bought'] } } },
    then: [{ send: { templateId: template.id, topic: 'news' } }],
  });
  await crm.ask('POST /v1/triggers/{id}/activate', { params: { id: trigger.id } });
  await shop.post('/v1/track', {
    messageId: `m3-${mark}`,
    userId: externalId,
    event: 'Pond Bought',
    properties: { sku: words.property },
    timestamp: await crm.now(),
  });
  const opened = await made('POST /v1/cases', {
    customerId: id,
    subject: words.subject,
    description: words.description,
    type: 'enquiry',
    channel: 'web',
  });
  await crm.idle();
  await made('POST /v1/cases/{id}/reply', { body: words.reply }, { id: opened.id });
  await made('POST /v1/cases/{id}/note', { body: words.note }, { id: opened.id });
  const order = await made('POST /v1/orders', {
    customerId: id,
    number: `o-${crm.tenant}-${people}`,
    status: 'completed',
    lines: [{ sku: 'POND-1', name: 'Pond', quantity: 1, price: { amount: 900, currency: 'SGD' } }],
    total: { amount: 900, currency: 'SGD' },
  });
  await made('POST /v1/leads', { customerId: id, interest: words.interest });
  const contact = await made('POST /v1/leads', { contact: { email, name: familyName }, interest: words.interest }, {});
  const pipeline = { name: 'Ponds', stages: [{ id: 'talk', name: 'Talk', probability: 0.5 }] };
  await crm.ask('PUT /v1/pipelines/{id}', { params: { id: 'ponds' }, body: pipeline });
  const opportunity = await made('POST /v1/opportunities', {
    customerId: id,
    name: words.deal,
    pipelineId: 'ponds',
    amount: { amount: 4200, currency: 'SGD' },
  });
  const list = await made('POST /v1/lists', { name: 'fishes', kind: 'static' });
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: list.id, customerId: id } });
  const token = (await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: {} })).body.token as string;
  await crm.ask('POST /v1/portal/codes', { token: null, body: { tenant: crm.tenant, email } });
  const merged = await crm.ask('POST /v1/customers/{id}/merge', { params: { id }, body: { from: other.id } });
  expect(merged.status).toBe(200);
  await crm.idle();
  const owned = await belongings(crm, { customerId: id, words, made });
  const strings = [
    ...Object.entries(words)
      .filter(([name]) => name !== 'phone')
      .map(([, word]) => word),
    words.phone.replaceAll(' ', ''),
    mark,
  ];
  return {
    ...owned,
    ...words,
    id,
    twinId: other.id as string,
    caseId: opened.id,
    orderId: order.id,
    opportunityId: opportunity.id,
    contactLead: contact.id,
    profile,
    token,
    strings,
    shop,
  };
};
