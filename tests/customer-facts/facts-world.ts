import { expect } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { type Told, world } from '../world.ts';

export const money = (amount: number) => ({ amount, currency: 'SGD' });
const line = (total: number) => [{ sku: 'V', name: 'Volt', quantity: 1, price: money(total) }];
export const of = (id: string) => ({ params: { id } });
const ok = ({ status, body }: Told) => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

/** a company, and what its conditions find */
export const facts = async () => {
  const crm = slice(await world());
  const ask = async (...asked: Parameters<typeof crm.ask>) => ok(await crm.ask(...asked));
  let made = 0;
  const unique = () => `${++made}-${crm.tenant}`;
  const list = async (where: object) =>
    (await ask('POST /v1/lists', { body: { name: 'L', kind: 'dynamic', where } })).id as string;
  const members = async (id: string): Promise<string[]> =>
    (await ask('GET /v1/lists/{id}/members', of(id))).items.map((one: Row) => one.id);
  return {
    ...crm,
    raw: crm.ask,
    ask,
    list,
    members,
    unique,
    /** the customers that a condition holds for */
    whom: async (where: object) => members(await list(where)),
    order: (customerId: string, { total = 100, ...more }: { total?: number; status?: string } = {}) =>
      ask('POST /v1/orders', {
        body: { customerId, number: unique(), lines: line(total), total: money(total), ...more },
      }),
    open: (customerId: string, more: object = {}) => {
      const body = { customerId, subject: 'Noise', description: 'It squeals', type: 'complaint', channel: 'web' };
      return ask('POST /v1/cases', { body: { ...body, ...more } });
    },
    organisation: (name: string) => ask('POST /v1/customers', { body: { kind: 'organisation', name } }),
    employ: (id: string, to: string, more: object = {}) =>
      ask('POST /v1/customers/{id}/relationships', { ...of(id), body: { type: 'employer', to, ...more } }),
  };
};
