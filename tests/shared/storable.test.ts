import { expect, test } from 'vitest';
import { storable, unstorable } from '../../functions/shared/http/storable.ts';
import { world } from '../world.ts';

const odd = '{"a":{"constructor":1,"":2,"b":[1e300,{"c":"\\ud800"}]},"fine":[0,-0.5,"é",null,true]}';

test('what the table cannot hold is named by its path', () => {
  expect(unstorable(JSON.parse(odd))).toEqual([
    { path: 'a.constructor', message: 'is not a valid field name' },
    { path: 'a.', message: 'is not a valid field name' },
    { path: 'a.b.0', message: 'is a number too large or too small to be stored exactly. Send it as text.' },
    { path: 'a.b.1.c', message: 'is not valid Unicode' },
  ]);
});

test('or made such that it can', () => {
  const mended = storable(JSON.parse(odd));
  expect(mended).toEqual({
    a: { _constructor: 1, _: 2, b: ['1e+300', { c: '\ufffd' }] },
    fine: [0, -0.5, 'é', null, true],
  });
  expect(unstorable(mended)).toEqual([]);
});

test('a body with such values is refused, not our failure', async () => {
  const crm = await world();
  const body = '{"givenName":"Ada","attributes":{"constructor":"x","n":1e300,"s":"\\ud800"}}';
  const reply = await crm.ask('POST /v1/customers', { body });
  expect(reply).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
  expect(reply.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'attributes.constructor',
    'attributes.n',
    'attributes.s',
  ]);
});
