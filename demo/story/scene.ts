import { randomUUID } from 'node:crypto';
import type { Crm } from '../crm.ts';
import type { Heroine } from './heroine.ts';
import type { Teller } from './telling.ts';

/** what the steps share; `id` is hers once she has a name, `deal` the opportunity she is in */
export type Scene = { crm: Crm; tell: Teller; her: Heroine; id: string; deal: { id: string } };

/** one step of the story; throws when the CRM does anything else */
export type Step = (scene: Scene) => Promise<void>;

export const sgd = (dollars: number) => ({ amount: dollars * 100, currency: 'SGD' });
export const shown = ({ amount, currency }: { amount: number; currency: string }) =>
  `${currency} ${(amount / 100).toLocaleString('en-SG')}`;

/** she does something on the site or in the app, signed in */
export const tracks = async ({ crm, her }: Pick<Scene, 'crm' | 'her'>, event: string, properties: object = {}) =>
  crm.track({
    ...{ type: 'track', userId: her.userId, anonymousId: her.anonymousId, messageId: randomUUID() },
    ...{ event, properties, timestamp: await crm.now() },
  });

/** the decisions about her, latest first */
export const decisions = async ({ crm, id }: Scene): Promise<{ kind: string; outcome: string; reasons: string[] }[]> =>
  (await crm.ask('GET /v1/customers/{id}/decisions', { params: { id }, query: { limit: 20 } })).items;

export const consent = ({ crm, id }: Scene, status: string, source: string) =>
  crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id, channel: 'email', topic: 'newsletter' },
    body: { status, source },
  });

/** a car or a part is ordered, and later handed over */
export const ordering = (
  { crm, id }: Scene,
  number: string,
  line: { sku: string; name: string; price: ReturnType<typeof sgd> },
) => {
  const sales = crm.as('sales');
  const placed = sales('POST /v1/orders', {
    body: { customerId: id, number, lines: [{ ...line, quantity: 1 }], total: line.price },
  });
  return {
    placed,
    completed: async () =>
      sales('PATCH /v1/orders/{id}', { params: { id: (await placed).id }, body: { status: 'completed' } }),
  };
};
