import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { breakingChanges } from '../../lib/openapi/breaking-changes.ts';

type Schema = Record<string, unknown>;

const text = { type: 'string' };
const object = (properties: Schema, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const document = (body: Schema, reply: Schema, query: object[] = [], status = 200) => ({
  paths: {
    '/things': {
      post: {
        parameters: query,
        requestBody: { content: { 'application/json': { schema: body } } },
        responses: {
          [status]: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Reply' } } } },
        },
      },
    },
  },
  components: { schemas: { Reply: reply } },
});

const before = document(object({ a: text, kind: { enum: ['x', 'y'], type: 'string' } }), object({ id: text }, ['id']));

test.each([
  ['POST /things: the operation was removed', { paths: {}, components: {} }],
  ['POST /things 200.id: the field was removed', document(object({ a: text, kind: text }), object({}))],
  [
    'POST /things 200.id: the field may be missing now',
    document(object({ a: text, kind: text }), object({ id: text })),
  ],
  [
    'POST /things 200.id: the type changed from string to string,null',
    document(object({ a: text, kind: text }), object({ id: { type: ['string', 'null'] } }, ['id'])),
  ],
  [
    'POST /things body.b: the field is required now',
    document(object({ a: text, b: text, kind: text }, ['b']), object({ id: text }, ['id'])),
  ],
  ['POST /things body.a: the field was removed', document(object({ kind: text }), object({ id: text }, ['id']))],
  [
    'POST /things body.a: the type changed from string to number',
    document(object({ a: { type: 'number' }, kind: text }), object({ id: text }, ['id'])),
  ],
  [
    'POST /things body.kind: no longer takes y',
    document(object({ a: text, kind: { enum: ['x'], type: 'string' } }), object({ id: text }, ['id'])),
  ],
  [
    'POST /things of: the parameter is required now',
    document(object({ a: text, kind: text }), object({ id: text }, ['id']), [
      { name: 'of', in: 'query', required: true, schema: text },
    ]),
  ],
  [
    'POST /things 200: the reply was removed',
    document(object({ a: text, kind: text }), object({ id: text }, ['id']), [], 201),
  ],
])('%s', (change, after) => expect(breakingChanges(before, after)).toEqual([change]));

test('what is only added breaks nothing', () => {
  const body = object({ a: text, b: text, kind: { enum: ['x', 'y', 'z'], type: 'string' } });
  const after = document(body, object({ id: text, more: text }, ['id', 'more']), [
    { name: 'q', in: 'query', schema: text },
  ]);
  expect(breakingChanges(before, after)).toEqual([]);
});

test('the committed document does not break itself', () => {
  const committed = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
  expect(breakingChanges(committed, structuredClone(committed))).toEqual([]);
});
