import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as contexts from '../../functions/contexts.ts';
import type { Route, Subscription, Workflow } from '../../functions/shared/http/contract.ts';
import { scopes } from '../../functions/shared/http/roles.ts';
import { apis, entries, reactions, workflows } from '../../lib/functions.ts';

const routes = apis.flatMap(({ context, routes }) =>
  Object.entries(routes).map(([name, route]): [string, Route] => [`${context}.${name}`, route]),
);

/** what a caller may ask about itself */
const ofEverybody = ['GET /v1/whoami'];

describe.each(routes)('route %s', (_, { key, auth, scope, body, example, rawBody, summary, status, location }) => {
  test('says in its summary what it does', () => expect(summary.length).toBeGreaterThan(8));

  test('names a scope that exists, when it takes tokens', () => {
    if (auth === 'token' && !ofEverybody.includes(key)) expect(scopes).toContain(scope);
    else expect(scope).toBeUndefined();
  });

  test('shows an example that its body takes, and refuses unknown fields by name', () => {
    if (!body || rawBody) return;
    expect(example).toBeDefined();
    expect(body.safeParse(example).error).toBeUndefined();
    const { error } = body.safeParse({ ...(example as object), notAField: 1 });
    expect(error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  });

  test('says where a created thing is found, when it can be read there', () => {
    const readable = routes.some(([, other]) => other.key === `${key.replace('POST', 'GET')}/{id}`);
    if (status === 201 && readable) expect(location).toBeTypeOf('function');
  });
});

test('no two routes share a name: it is the operation’s id', () => {
  const names = routes.map(([name]) => name.split('.')[1]);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

describe.each(apis.filter(({ stateless }) => !stateless))('$name', ({ entry, routes }) => {
  test('serves the routes of its contract', () => {
    const source = readFileSync(entry, 'utf8');
    expect(source).toMatch(/export const handler = serve\(routes,/);
    expect(Object.keys(routes).length).toBeGreaterThan(0);
  });
});

test.each(Object.entries(entries))('%s has a file that exports its handler', (_, entry) => {
  expect(existsSync(entry)).toBe(true);
  expect(readFileSync(entry, 'utf8')).toMatch(/export const handler\b/);
});

test.each(reactions.map(({ name, entry }) => [name, entry]))('%s has a file that exports the reaction', (_, entry) => {
  expect(readFileSync(entry, 'utf8')).toMatch(/export const reaction\b/);
});

test('every reaction and workflow says what it does', () => {
  for (const { name, summary } of [...reactions, ...workflows]) expect(summary.length, name).toBeGreaterThan(15);
});

test('a contract declares nothing under a name that is not read', () => {
  const read = new Set(['routes', 'subscriptions', 'workflows', 'works', 'uses', 'about', 'stateless']);
  for (const [context, contract] of Object.entries(contexts)) {
    const values: Record<string, unknown> = contract;
    for (const [name, exported] of Object.entries(values)) {
      const isSchema = exported instanceof z.ZodType;
      const holdsDeclarations = isDeclarations(exported) && !read.has(name);
      expect(isSchema || !holdsDeclarations || isPartOf(values, exported), `${context}.${name}`).toBe(true);
    }
  }
});

const isDeclarations = (value: unknown): value is Record<string, Route | Subscription | Workflow> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some(one => typeof one === 'object' && one !== null && 'summary' in one);

/** a part that is exported by itself too, such as the routes of one table */
const isPartOf = ({ routes = {}, subscriptions = {} }: Record<string, unknown>, part: object) => {
  const declared = new Set([...Object.values(routes as object), ...Object.values(subscriptions as object)]);
  return Object.values(part).every(one => declared.has(one));
};
