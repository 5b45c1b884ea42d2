import type { Operation } from './count.ts';
import type { Tenant } from './stack.ts';
import { customer, tracked } from './subjects.ts';

/** the event that the one trigger of these operations waits for */
const awaited = 'Test Drive Abandoned';

let made: Promise<unknown> | undefined;

const template = {
  name: 'Hello',
  channel: 'email',
  subject: 'Hello {{ customer.givenName }}',
  body: '<p>Come back</p>',
};

const trigger = async (crm: Tenant, event: string, givenName = 'Ada') => {
  const { id: templateId } = await crm.ask('POST /v1/templates', { body: template });
  return crm.ask('POST /v1/triggers', {
    body: {
      name: 'Come back',
      when: { 'detail-type': ['tracked.track'], detail: { data: { event: [event] } } },
      if: { attribute: 'givenName', is: givenName },
      then: [{ send: { templateId, topic: 'news' } }],
      state: 'active',
    },
  });
};

const reachable = async (crm: Tenant) => {
  made ??= trigger(crm, awaited);
  await made;
  const one = await customer(crm);
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id: one.id, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: 'bench' },
  });
  return one;
};

const mailed =
  (count: number) =>
  async (crm: Tenant, { email }: { email: string }) => {
    const mails = await crm.outbox(email);
    if (mails.length !== count) throw new Error(`${mails.length} e-mails instead of ${count}`);
  };

export const mailSent = 'tracked event -> trigger -> e-mail sent';

const toMail: Operation<{ externalId: string; email: string }> = {
  name: mailSent,
  prepare: reachable,
  run: (crm, { externalId }) => crm.track(tracked(externalId, awaited)),
  check: mailed(1),
};

const unreachable: Operation<{ externalId: string; email: string }> = {
  name: 'tracked event -> trigger -> no consent, skipped',
  prepare: crm => customer(crm),
  run: (crm, { externalId }) => crm.track(tracked(externalId, awaited)),
  check: mailed(0),
};

let listening: Promise<unknown> | undefined;

const everywhere = 'Heard By Many';

const listen = async (crm: Tenant) => {
  for (let nth = 0; nth < 5; nth++) await trigger(crm, everywhere, 'Nobody');
  for (let nth = 0; nth < 3; nth++) {
    const computed = { event: everywhere, operation: 'count' };
    await crm.ask('PUT /v1/attributes/{name}', {
      params: { name: `heard${nth}` },
      body: { type: 'integer', computed },
    });
  }
  await crm.idle();
};

const heard: Operation<{ externalId: string }> = {
  name: 'tracked event heard by 5 triggers and 3 attributes',
  prepare: async crm => {
    listening ??= listen(crm);
    await listening;
    return customer(crm);
  },
  run: (crm, { externalId }) => crm.track(tracked(externalId, everywhere)),
};

export const marketingOperations = [
  { name: 'create template', run: (crm: Tenant) => crm.ask('POST /v1/templates', { body: template }) },
  { name: 'create active trigger', run: (crm: Tenant) => trigger(crm, 'Never Said') },
  toMail as Operation,
  unreachable as Operation,
  heard as Operation,
];
