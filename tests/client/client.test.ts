import { expect, test } from 'vitest';
import { client, Problem, pages } from '../../client/client.ts';
import { thisStack } from '../this-stack.ts';
import { world } from '../world.ts';

const { url } = thisStack();

const connected = async () => {
  const crm = await world();
  return client({ url, token: () => crm.token });
};

test('creates, reads and changes a customer by the names of the routes', async () => {
  const crm = await connected();
  const created = await crm.customers.createCustomer({ body: { givenName: 'Ada', email: 'Ada@Example.com' } });
  expect(created).toMatchObject({ email: 'ada@example.com', version: 1 });
  const params = { id: created.id };
  await crm.customers.changeCustomer({ params, body: { familyName: 'Tan' }, ifMatch: created.version });
  expect(await crm.customers.readCustomer({ params })).toMatchObject({ name: 'Ada Tan', version: 2 });
});

test('throws a problem with status, code and every bad field', async () => {
  const crm = await connected();
  const bad = crm.customers.createCustomer({ body: { email: 'nobody', dateOfBirth: '1.1.1990' } });
  const problem = await bad.catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 422, code: 'request.invalid', requestId: expect.any(String) });
  expect((problem as Problem).errors.map(({ path }) => path).sort()).toEqual(['dateOfBirth', 'email']);
});

test('tells a stale version by its code', async () => {
  const crm = await connected();
  const { id } = await crm.customers.createCustomer({ body: { givenName: 'Ada' } });
  const change = { params: { id }, body: { familyName: 'Tan' }, ifMatch: 7 };
  await expect(crm.customers.changeCustomer(change)).rejects.toMatchObject({ status: 412, code: 'version.stale' });
});

test('an idempotency key makes one customer of two calls', async () => {
  const crm = await connected();
  const asked = { body: { givenName: 'Ada' }, idempotencyKey: 'k-1' };
  const [first, second] = [await crm.customers.createCustomer(asked), await crm.customers.createCustomer(asked)];
  expect(second).toEqual(first);
});

test('walks through all pages of a list', async () => {
  const crm = await connected();
  const names = ['Ada', 'Ben', 'Cho', 'Dee', 'Eve'];
  for (const givenName of names) await crm.customers.createCustomer({ body: { givenName } });
  const found: (string | undefined)[] = [];
  for await (const { givenName } of pages(crm.search.findCustomers, { query: { limit: 2 } })) found.push(givenName);
  expect(found.sort()).toEqual(names);
});

test('without a token it is told so by the gateway', async () => {
  const refused = client({ url }).search.findCustomers();
  await expect(refused).rejects.toMatchObject({ status: 401, code: 'http.401' });
});
