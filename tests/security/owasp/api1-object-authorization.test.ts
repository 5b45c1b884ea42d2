import { expect, test } from 'vitest';
import * as contexts from '../../../functions/contexts.ts';
import { operationsOf, paramsOf } from '../../../lib/openapi/operations.ts';
import { portal } from '../../portal/portal-world.ts';
import { world } from '../../world.ts';

// records of another company, by every route and role: tests/security/roles.test.ts

const ofCustomers = operationsOf(contexts).filter(({ route }) => route.auth === 'customer');

test('a customer finds nothing of another one, of its own company or of another, by whatever route', async () => {
  const [crm, other] = [portal(await world()), portal(await world())];
  const [owner, neighbour, stranger] = [await crm.person(), await crm.person(), await other.person()];
  const opened = { subject: 'Private brakes', description: 'They squeak', type: 'enquiry' };
  const { body: own } = await crm.as(owner, 'POST /v1/me/cases', { body: opened });
  await crm.idle();
  const found: string[] = [];
  for (const who of [neighbour, stranger]) {
    for (const { route, path } of ofCustomers) {
      const params = { id: own.id, channel: 'email', topic: 'news' };
      const { status, body } = await crm.as(who, route.key, { params, ...(route.body ? { body: route.example } : {}) });
      const isNamed = paramsOf(path).includes('id');
      if ((isNamed && status !== 404) || JSON.stringify(body).includes('Private brakes')) found.push(route.key);
    }
  }
  expect(found).toEqual([]);
  expect((await crm.as(owner, 'GET /v1/me/cases/{id}', { params: { id: own.id } })).status).toBe(200);
});
