import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sources } from '../../structure/sources.ts';
import { world } from '../../world.ts';

test('no code but that of webhooks asks an address that somebody else gave: files and queues of our own are all that is asked', () => {
  const asking = sources('functions').filter(
    ({ text, imports }) =>
      /\bfetch\(/.test(text) ||
      imports.some(({ path }) => /^(node:(http|https|http2|net|tls|dgram)|undici|axios|got)$/.test(path)),
  );
  expect(asking.map(({ file }) => file).sort()).toEqual([
    'functions/knowledge/help/my-page.ts', // a script of a page, in the browser
    'functions/shared/aws/files.ts',
    'functions/shared/aws/json-api.ts',
    'functions/shared/http/http-reply.ts', // names of statuses
    'functions/shared/http/webhook-url.ts', // what kind of address a name is
    'functions/shared/http/webhook.ts', // public addresses only: tests/shared/webhook.test.ts
  ]);
});

type Schema = { properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; allOf?: Schema[] };

const namesIn = ({ properties = {}, items, anyOf = [], allOf = [] }: Schema): string[] => [
  ...Object.keys(properties),
  ...[...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...allOf].flatMap(namesIn),
];

test('no request names an address to be asked', () => {
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
  const bodies = Object.values(paths as Record<string, object>).flatMap(path =>
    Object.values(path).map(operation => operation.requestBody?.content?.['application/json']?.schema ?? {}),
  );
  expect(bodies.length).toBeGreaterThan(200);
  expect(bodies.flatMap(namesIn).filter(name => /ur[li]$|endpoint|callback|webhook/i.test(name))).toEqual([]);
});

test('a file is uploaded to our own store, whatever the name that it is given', async () => {
  const crm = await world();
  const { body: customer } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  for (const name of ['http://169.254.169.254/latest/meta-data', '../../other/secret', '//evil.example/x']) {
    const { status, body } = await crm.ask('POST /v1/documents', { body: { customerId: customer.id, name } });
    if (status !== 201) expect(status).toBe(422);
    else expect(new URL(body.uploadUrl).pathname).toContain(crm.tenant);
  }
});
