import { describe, expect, test } from 'vitest';
import { routeTable } from '../../functions/shared/http/match-route.ts';
import { apiFunctions } from '../../lib/functions.ts';
import { gatewayRoutes } from '../../lib/gateway-routes.ts';

const routes = gatewayRoutes(apiFunctions);
const gateway = routeTable<(typeof routes)[number]>();
for (const route of routes) gateway.add(route.key, route);

const declared = apiFunctions.flatMap(({ name, routes }) =>
  Object.values(routes).map(({ key, auth }) => {
    const [method = '', path = ''] = key.split(' ');
    return { name, key, method, path: path.replace(/\{\w+\}/g, 'x'), token: auth === 'token' };
  }),
);

/**
 * The other way to read "most specific": segment by segment, what is spelled out first, even when only a greedy route follows. The
 * result must not depend on which of the two a gateway does.
 */
const segmentBySegment = (method: string, path: string) => {
  const rank = (key: string) => {
    const [taken = '', of = ''] = key.split(' ');
    const kinds = of.split('/').map(part => (part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0));
    return [...kinds, taken === 'ANY' ? 1 : 0];
  };
  const fitting = routes.filter(({ key }) => {
    const table = routeTable<true>();
    table.add(key, true);
    return key !== '$default' && table.find(method, path);
  });
  const [best] = fitting.toSorted((a, b) => {
    const [left, right] = [rank(a.key), rank(b.key)];
    return left.map((kind, at) => kind - (right[at] ?? 0)).find(Boolean) ?? 0;
  });
  return best;
};

test.each([
  [
    'as documented: full matches before greedy ones',
    (method: string, path: string) => gateway.find(method, path)?.target,
  ],
  ['segment by segment', segmentBySegment],
])('every declared route reaches its own function, with its check of tokens, %s', (_, find) => {
  for (const { name, key, method, path, token } of declared) {
    expect(find(method, path), key).toMatchObject({ api: name, token });
    if (method === 'GET') expect(find('HEAD', path), `HEAD of ${key}`).toMatchObject({ api: name, token });
  }
});

test('of two greedy routes that a path fits one has more literal segments: which else is more specific is not documented', () => {
  const greedy = routes.filter(({ key }) => key.endsWith('{proxy+}')).map(({ key }) => key.split(' ')[1] ?? '');
  const literals = (path: string) => path.split('/').filter(part => part && !part.startsWith('{')).length;
  const fits = (path: string, of: string) => {
    const table = routeTable<true>();
    table.add(`GET ${of}`, true);
    return table.find('GET', path) !== undefined;
  };
  for (const { path } of declared) {
    const counts = greedy.filter(of => fits(path, of)).map(literals);
    expect(new Set(counts).size, path).toBe(counts.length);
  }
});

test('no preflight of a browser meets the check of tokens', () => {
  for (const { path } of declared) expect(gateway.find('OPTIONS', path)?.target.token, path).toBe(false);
});

test('another method of a path, and an unknown path, reach a function that replies to them', () => {
  const none = apiFunctions.find(({ stateless }) => stateless)?.name;
  for (const { path } of declared) {
    const owners = declared.filter(one => one.path === path).map(({ name }) => name);
    expect([...owners, none], path).toContain(gateway.find('PURGE', path)?.target.api);
  }
  expect(gateway.find('GET', '/v2/customers')?.target.api).toBe(none);
  expect(gateway.find('GET', '/v1/nothing')?.target.api).toBe('api');
});

test('no key is there twice', () => {
  expect(new Set(routes.map(({ key }) => key)).size).toBe(routes.length);
});

describe('matching', () => {
  const table = routeTable<number>();
  const keys = [
    'GET /a/fixed',
    'GET /a/{id}',
    'ANY /a/{proxy+}',
    'GET /a/{id}/b',
    'GET /a/fixed/{rest+}',
    'POST /a/{id}',
  ];
  for (const [nth, key] of keys.entries()) table.add(key, nth);

  test.each([
    ['GET', '/a/fixed', 'GET /a/fixed', {}],
    ['GET', '/a/1', 'GET /a/{id}', { id: '1' }],
    ['PUT', '/a/1', 'ANY /a/{proxy+}', { proxy: '1' }],
    ['GET', '/a/fixed/b', 'GET /a/{id}/b', { id: 'fixed' }],
    ['GET', '/a/fixed/c/d', 'GET /a/fixed/{rest+}', { rest: 'c/d' }],
    ['POST', '/a/fixed', 'POST /a/{id}', { id: 'fixed' }],
  ])('%s %s is %s', (method, path, key, params) => {
    expect(table.find(method, path)).toMatchObject({ key, params });
  });

  test('neither an empty segment nor an empty rest is a value', () => {
    expect(table.find('GET', '/a/')).toBeUndefined();
    expect(table.find('GET', '/a')).toBeUndefined();
    expect(table.find('GET', '/a//b')).toMatchObject({ key: 'ANY /a/{proxy+}' });
  });

  test('tells which methods a path takes', () => {
    expect(table.methods('/a/fixed')).toEqual(['ANY', 'GET', 'POST']);
    expect(table.methods('/b')).toEqual([]);
  });
});
