import { expect } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { type World, world } from '../world.ts';

let people = 0;

/** A fresh tenant with the short ways of campaigns' tests. */
export const campaigning = async (given?: World) => {
  const crm = slice(given ?? (await world()));

  const audience = async (count: number, more: (nth: number) => Record<string, unknown> = () => ({})) =>
    Promise.all(
      Array.from({ length: count }, async (_, nth) => {
        const person = await crm.customer({ externalId: `u${people++}`, ...more(nth) });
        await crm.consent(person.id);
        return person;
      }),
    );

  const plan = async (more: Record<string, unknown> = {}) => {
    const { id: templateId } = await crm.template();
    const body = {
      name: 'Spring',
      audience: { if: { attribute: 'kind', is: 'person' } },
      variants: [{ templateId }],
      topic: 'news',
      ...more,
    };
    return crm.ask('POST /v1/campaigns', { body });
  };

  const command = (id: string, verb: string, body?: unknown) =>
    crm.ask(`POST /v1/campaigns/{id}/${verb}`, { params: { id }, ...(body ? { body } : {}) });

  const launch = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { status, body } = await plan(more);
    expect(status, JSON.stringify(body)).toBe(201);
    expect((await command(body.id, 'launch')).status).toBe(200);
    return body.id;
  };

  return {
    ...crm,
    audience,
    plan,
    command,
    launch,
    read: async (id: string) => (await crm.ask('GET /v1/campaigns/{id}', { params: { id } })).body,
    results: async (id: string) => (await crm.ask('GET /v1/campaigns/{id}/results', { params: { id } })).body,
    sentTo: async (all: { email: string }[]) =>
      (await Promise.all(all.map(({ email }) => crm.outbox(email)))).map(mails => mails.length),
    order: async (customerId: string, amount = 10_000) =>
      crm.ask('POST /v1/orders', {
        body: {
          customerId,
          number: `A-${people++}`,
          lines: [{ sku: 'X', name: 'X', quantity: 1, price: { amount, currency: 'SGD' } }],
          total: { amount, currency: 'SGD' },
        },
      }),
  };
};
