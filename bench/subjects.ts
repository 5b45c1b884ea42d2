import type { Tenant } from './stack.ts';

export type Customer = { id: string; version: number; email: string; externalId: string };

let people = 0;

export const someone = () => {
  const name = `p${++people}`;
  return { givenName: 'Ada', familyName: `Tan ${name}`, email: `${name}@example.com`, externalId: name };
};

export const customer = (crm: Tenant): Promise<Customer> => crm.ask('POST /v1/customers', { body: someone() });

let messages = 0;

export const tracked = (userId: string, event = 'Car Viewed') => ({
  type: 'track',
  messageId: `bench-${++messages}`,
  timestamp: new Date().toISOString(),
  userId,
  event,
  properties: { model: 'Volt 7', price: 129_900, colour: 'red', path: '/cars/volt-7' },
});
