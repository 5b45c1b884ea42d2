import type { Operation } from './count.ts';
import type { Tenant } from './stack.ts';
import { customer } from './subjects.ts';

type Row = { id: string; customerId: string };

const complaint = (customerId: string) => ({
  customerId,
  subject: 'Brake noise',
  description: 'The brakes of my car squeal when it is cold',
  type: 'complaint',
  channel: 'web',
});

let agent: Promise<unknown> | undefined;

const withAgent = async (crm: Tenant) => {
  agent ??= crm.ask('PUT /v1/agents/{userId}', {
    params: { userId: 'mei' },
    body: { name: 'Mei', capacity: 50 },
  });
  await agent;
  return customer(crm);
};

const assigned = async (crm: Tenant): Promise<Row> => {
  const { id: customerId } = await withAgent(crm);
  return crm.ask('POST /v1/cases', { body: complaint(customerId) });
};

const lead = async (crm: Tenant): Promise<Row> => {
  const { id: customerId } = await customer(crm);
  return crm.ask('POST /v1/leads', { body: { customerId, interest: 'Volt 7' } });
};

const opportunity = async (crm: Tenant): Promise<Row> =>
  crm.ask('POST /v1/leads/{id}/qualify', { params: { id: (await lead(crm)).id }, body: {} });

const order = (customerId: string, nth: number) => {
  const price = { amount: 12_990_000, currency: 'SGD' };
  const lines = [{ sku: 'VOLT-7', name: 'Volt 7', quantity: 1, price }];
  return { customerId, number: `A-${customerId.slice(-8)}-${nth}`, lines, total: price };
};

const of = <S>(operation: Operation<S>) => operation as Operation;

const command = (name: string, prepare: (crm: Tenant) => Promise<Row>, path: string, body: object) =>
  of<Row>({ name, prepare, run: (crm, { id }) => crm.ask(`POST ${path}`, { params: { id }, body }) });

export const deskOperations: Operation[] = [
  of({
    name: 'case opened -> assigned, acknowledged',
    prepare: withAgent,
    run: (crm, { id }) => crm.ask('POST /v1/cases', { body: complaint(id) }),
    check: async (crm, { id }) => {
      const { items } = await crm.ask('GET /v1/cases', { query: { customerId: id } });
      if (items[0].status !== 'assigned') throw new Error(`the case is ${items[0].status}, not assigned`);
    },
  }),
  command('case answered', assigned, '/v1/cases/{id}/reply', { body: 'We look into it' }),
  command('case resolved', assigned, '/v1/cases/{id}/resolve', {}),
  of({
    name: 'create lead',
    prepare: customer,
    run: (crm, { id }) => crm.ask('POST /v1/leads', { body: { customerId: id } }),
  }),
  command('lead qualified', lead, '/v1/leads/{id}/qualify', {}),
  command('opportunity advanced', opportunity, '/v1/opportunities/{id}/advance', { stage: 'proposal' }),
  command('opportunity won', opportunity, '/v1/opportunities/{id}/win', {}),
  of({
    name: 'order recorded',
    prepare: customer,
    run: (crm, { id }, nth) => crm.ask('POST /v1/orders', { body: order(id, nth) }),
  }),
];
