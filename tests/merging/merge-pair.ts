import { expect } from 'vitest';
import type { World } from '../world.ts';

export type Body = Record<string, unknown>;

const price = { amount: 100, currency: 'SGD' };

/** what tests of merges ask of a tenant */
export const merging = (crm: World) => {
  const at = (key: string, id: string, more: object = {}) => crm.ask(key, { params: { id }, ...more });

  const made = async (key: string, body: Body): Promise<{ id: string }> => {
    const reply = await crm.ask(key, { body });
    expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
    return reply.body;
  };

  return {
    ...crm,
    at,
    customer: async (profile: Body) => (await made('POST /v1/customers', profile)).id,
    order: (customerId: string, number: string) => {
      const lines = [{ sku: 'V7', name: 'Volt', quantity: 1, price }];
      return made('POST /v1/orders', { customerId, number, total: price, lines, status: 'completed' });
    },
    consent: (id: string, channel: string, topic: string, status: string) =>
      crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
        params: { id, channel, topic },
        body: { status, source: 'test' },
      }),
    merge: (id: string, from: string, more: Body = {}) =>
      at('POST /v1/customers/{id}/merge', id, { body: { from, ...more } }),
    unmerge: (id: string, from: string) => at('POST /v1/customers/{id}/unmerge', id, { body: { from } }),
    read: (id: string) => at('GET /v1/customers/{id}', id),
    view: async (id: string) => (await at('GET /v1/customers/{id}/view', id)).body,
    /** types of what happened, newest first */
    timeline: async (id: string): Promise<string[]> => {
      const { body } = await at('GET /v1/customers/{id}/timeline', id, { query: { limit: 100 } });
      return body.items.map(({ type }: { type: string }) => type);
    },
    found: async (query: Record<string, string>): Promise<string[]> =>
      (await crm.ask('GET /v1/customers', { query })).body.items.map(({ id }: { id: string }) => id),
  };
};
