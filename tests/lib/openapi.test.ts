import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as contexts from '../../functions/contexts.ts';
import { operationsOf } from '../../lib/openapi/operations.ts';
import { openapi } from '../../lib/openapi.ts';

const document = openapi(contexts, '1.0.0');
// biome-ignore lint/suspicious/noExplicitAny: a document is walked by paths that are given below
const walked = document as any;
const operations = operationsOf(contexts);

/** what a reference leads to, or the thing itself */
// biome-ignore lint/suspicious/noExplicitAny: as above
const followed = (part: any): any =>
  part.$ref
    ? part.$ref
        .slice(2)
        .split('/')
        .reduce((at: Record<string, unknown>, step: string) => at[step], walked)
    : part;

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(walked));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('every declared route is in it, once, under its own name', () => {
  const described = Object.values(document.paths).flatMap(path => Object.values(path as object));
  const names = described.map(({ operationId }) => operationId);
  expect(names.sort()).toEqual(operations.map(({ name }) => name).sort());
  expect(new Set(names).size).toBe(names.length);
});

test('every reference leads somewhere', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  expect(refs.length).toBeGreaterThan(100);
  const lost = refs.filter(path => path.split('/').reduce((at, step) => at?.[step], walked) === undefined);
  expect([...new Set(lost)]).toEqual([]);
});

test('a creation states its request, reply and errors', () => {
  const create = walked.paths['/v1/customers'].post;
  expect(create.security).toEqual([{ token: ['customers.write'] }]);
  expect(create.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
  expect(create.requestBody.content['application/json'].example.givenName).toBe('Ada');
  expect(Object.keys(create.responses['201'].headers)).toEqual(['ETag', 'Location', 'Idempotency-Replayed']);
  expect(followed(create.responses['409']).description).toContain('customer.email-taken');
  expect(Object.keys(create.responses)).toEqual(
    expect.arrayContaining(['400', '401', '403', '413', '415', '422', '429', '500', '503']),
  );
});

test('a change takes If-Match, a read If-None-Match, and both name the thing by its kind of id', () => {
  const { get, patch } = walked.paths['/v1/customers/{id}'];
  expect(patch.parameters).toContainEqual({ $ref: '#/components/parameters/IfMatch' });
  expect(patch.responses['412']).toBeDefined();
  expect(get.parameters).toContainEqual({ $ref: '#/components/parameters/IfNoneMatch' });
  expect(get.responses['304']).toBeDefined();
  expect(followed(get.parameters[0]).schema.pattern).toMatch(/^\^cus_/);
});

test('a patch says the type of each field, and that null removes it', () => {
  const { properties } = walked.components.schemas.ChangeCustomerBody;
  expect(properties.phone.type).toEqual(['string', 'null']);
  expect(properties.address.properties.country.type).toEqual(['string', 'null']);
});

test('replies allow for further fields, bodies do not', () => {
  expect(walked.components.schemas.Customer.additionalProperties).toBeUndefined();
  expect(walked.components.schemas.CreateCustomerBody.additionalProperties).toBe(false);
});
