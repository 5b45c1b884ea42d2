import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as contexts from '../../../functions/contexts.ts';
import { apiFunctions } from '../../../lib/functions.ts';
import { gatewayRoutes } from '../../../lib/gateway-routes.ts';
import { operationsOf } from '../../../lib/openapi/operations.ts';

const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, object> };

const inReference = Object.entries(paths).flatMap(([path, item]) =>
  Object.keys(item)
    .filter(method => /^(get|put|post|patch|delete)$/.test(method))
    .map(method => `${method.toUpperCase()} ${path}`),
);

const declared = operationsOf(contexts).map(({ route, path }) => `${route.key.split(' ')[0]} ${path}`);

test('every route that is answered is in the reference, and no other', () => {
  expect(inReference.sort()).toEqual(declared.sort());
});

test('every route of the gateway leads to a function that declares routes, and none to what is for development', () => {
  const served = new Set(apiFunctions.map(({ name }) => name));
  const routes = gatewayRoutes(apiFunctions);
  expect(routes.filter(({ api }) => !served.has(api))).toEqual([]);
  expect(routes.filter(({ key }) => /_local|debug|internal|test/.test(key))).toEqual([]);
});
