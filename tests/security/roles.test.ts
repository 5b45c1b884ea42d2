import { expect, test } from 'vitest';
import * as contexts from '../../functions/contexts.ts';
import { roles } from '../../functions/shared/http/roles.ts';
import { operationsOf } from '../../lib/openapi/operations.ts';
import { world } from '../world.ts';

const guarded = operationsOf(contexts).filter(({ route }) => route.auth === 'token');

// it can be read by none and changes nothing: who is let in gets as far as the parser, or to a thing that is not there
const harmless = (body: unknown) => (body ? { body: '[' } : {});

const params = {
  id: 'nothing-there',
  userId: 'nobody',
  channel: 'email',
  topic: 'news',
};

test('every guarded route names a scope that some role holds', () => {
  const granted = new Set(Object.values(roles).flat());
  expect(guarded.filter(({ route }) => !route.scope || !granted.has(route.scope)).map(({ name }) => name)).toEqual([]);
});

test.each(Object.keys(roles))('%s is kept out exactly where its scopes do not reach', async role => {
  const crm = await world();
  const token = await crm.tokenFor([role]);
  const wrong: string[] = [];
  for (const { route } of guarded) {
    const { status, body } = await crm.ask(route.key, { token, params, ...harmless(route.body) });
    const kept = status === 403 && body.code === 'scope.missing';
    const allowed = roles[role]?.includes(route.scope as never);
    if (kept === allowed || status >= 500) wrong.push(`${route.key}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('roles that there are not, and names that every object has, give no scope', async () => {
  const crm = await world();
  const token = await crm.tokenFor(['__proto__', 'constructor', 'toString', 'Admin', 'admin2']);
  for (const { route } of guarded) {
    const { status, body } = await crm.ask(route.key, { token, params, ...harmless(route.body) });
    expect([route.key, status, body.code]).toEqual([route.key, 403, 'scope.missing']);
  }
});

test('without a token nothing is answered', async () => {
  const crm = await world();
  for (const { route } of guarded) {
    const { status } = await crm.ask(route.key, { token: null, params, ...harmless(route.body) });
    expect([route.key, status]).toEqual([route.key, 401]);
  }
});
