import { expect, test } from 'vitest';
import * as contexts from '../../../functions/contexts.ts';
import { operationsOf } from '../../../lib/openapi/operations.ts';
import { world } from '../../world.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const byPath = Map.groupBy(
  operationsOf(contexts).map(({ route }) => route.key.split(' ') as [string, string]),
  ([, path]) => path,
);

/** a word where another path has an id leads to that path as well: such paths take more methods than their own */
const isAmbiguous = (path: string) =>
  [...byPath.keys()].some(other => {
    const [one, two] = [path.split('/'), other.split('/')];
    return other !== path && one.length === two.length && two.every((part, at) => part[0] === '{' || part === one[at]);
  });

test('every path refuses the methods that it does not take, and names those that it takes', async () => {
  const crm = await world();
  const wrong: string[] = [];
  for (const [path, keys] of byPath) {
    if (isAmbiguous(path)) continue;
    const declared = keys.map(([method]) => method);
    const allowed = [...declared, ...(declared.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
    const params = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'missing']));
    for (const method of methods.filter(one => !declared.includes(one))) {
      const { status, headers, body } = await crm.ask(`${method} ${path}`, { params });
      const fits = status === 405 && headers.get('allow') === allowed && body.code === 'route.method-not-allowed';
      if (!fits) wrong.push(`${method} ${path}: ${status}, ${headers.get('allow')}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  '/v1//customers',
  '/v1/customers/',
  '/V1/customers',
  '/v1/customers;x=1',
  '/v1/customers/missing/none',
  '/v2',
])('no route takes %s', async path => {
  const { status, body } = await (await world()).ask(`GET ${path}`);
  expect([status, body.code]).toEqual([404, 'route.not-found']);
});

test('a page of another origin reads no reply with a token, and an error says nothing of the inside', async () => {
  const crm = await world();
  const headers = { origin: 'https://evil.example' };
  const read = await crm.ask('GET /v1/customers', { headers });
  expect(read.headers.get('access-control-allow-credentials')).toBeNull();
  const { body } = await crm.ask('POST /v1/customers', { body: '{', headers });
  expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts|at .+:\d+/);
});
