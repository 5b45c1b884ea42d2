import { expect, test } from 'vitest';
import { portal } from '../portal/portal-world.ts';
import { type Body, each, shop } from './shop-world.ts';

const car = {
  sku: 'CAR',
  name: 'Volt',
  options: [
    { id: 'colour', values: [{ id: 'red', price: { amounts: { EUR: '900' } } }, { id: 'white' }] },
    { id: 'battery', values: [{ id: 'city' }, { id: 'long', price: { percent: 8 } }] },
    { id: 'towbar', required: false, values: [{ id: 'fixed' }] },
  ],
  constraints: [{ if: { towbar: 'fixed' }, requires: { battery: 'long' } }],
  images: [{ key: 'car.png' }, { key: 'red.png', when: { colour: 'red' } }],
};

test('a product is created, found by its sku, changed and archived', async () => {
  const crm = await shop();
  const made = await crm.product({ sku: 'A', category: 'cars' });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/products/${made.body.id}`]);
  expect(made.body).toMatchObject({ state: 'active', taxCategory: 'standard', options: [], version: 1 });
  const taken = await crm.product({ sku: 'A' });
  expect([taken.status, taken.body.code, taken.body.holder]).toEqual([409, 'product.sku-taken', made.body.id]);
  const found = async (query: Record<string, string>) =>
    (await crm.ask('GET /v1/products', { query })).body.items.map(({ sku }: Body) => sku);
  expect([await found({ sku: 'A' }), await found({ sku: 'B' }), await found({ category: 'cars' })]).toEqual([
    ['A'],
    [],
    ['A'],
  ]);
  const change = (body: Body) => crm.at('PATCH /v1/products/{id}', made.body.id, { body });
  expect((await change({ name: 'B', category: null })).body).toMatchObject({ name: 'B', version: 2 });
  expect(await crm.badFields(change({ sku: 'B' }))).toEqual([422, 'sku']);
  const bad = [{ if: { colour: 'red' }, requires: { colour: 'blue' } }];
  expect(await crm.badFields(change({ constraints: bad }))).toEqual([
    ...[422, 'constraints.0.if.colour', 'constraints.0.requires.colour'],
  ]);
  const archive = () => crm.at('POST /v1/products/{id}/archive', made.body.id);
  expect([(await archive()).body.state, (await archive()).body.version]).toEqual(['archived', 3]);
  expect(await crm.refused(change({ name: 'C' }))).toEqual([409, 'product.archived']);
  expect([await found({}), await found({ state: 'active' })]).toEqual([['A'], []]);
  await crm.book('list', { prices: [each(1)] });
  expect(await crm.badFields(crm.price({ lines: [{ sku: 'A' }] }))).toEqual([422, 'lines.0.sku']);
});

test('what can never work of a product is refused with its place', async () => {
  const crm = await shop();
  const bad = (more: Body) => crm.badFields(crm.product({ ...car, ...more }));
  expect(await bad({ constraints: [{ if: { colour: 'red' } }] })).toEqual([422, 'constraints.0']);
  expect(await bad({ constraints: [{ atMost: 1, if: { colour: 'red' } }] })).toEqual([
    ...[422, 'constraints.0.of', 'constraints.0.if'],
  ]);
  expect(await bad({ constraints: [{ atMost: 0, of: { colour: ['red', 'white'] } }] })).toEqual([422, 'constraints.0']);
  expect(await bad({ images: [{ key: 'x', when: { color: 'red' } }] })).toEqual([422, 'images.0.when.color']);
  expect(await bad({ options: [{ id: 'a', values: [] }], constraints: [], images: [] })).toEqual([
    422,
    'options.0.values',
  ]);
  expect(await bad({ sku: '', name: '', taxCategory: '' })).toEqual([422, 'sku', 'name', 'taxCategory']);
});

test('a bundle has parts that exist, and none that leads back to it', async () => {
  const crm = await shop();
  const bundle = (sku: string, ...parts: string[]) => crm.product({ sku, bundle: parts.map(part => ({ sku: part })) });
  expect(await crm.badFields(bundle('K', 'A'))).toEqual([422, 'bundle.0.sku']);
  expect(await crm.badFields(bundle('K', 'K'))).toEqual([422, 'bundle.0.sku']);
  await crm.product({ sku: 'A' });
  const inner = await bundle('INNER', 'A');
  const outer = await bundle('OUTER', 'A', 'INNER');
  expect([inner.status, outer.status]).toEqual([201, 201]);
  const circle = crm.at('PATCH /v1/products/{id}', inner.body.id, {
    body: { bundle: [{ sku: 'A' }, { sku: 'OUTER' }] },
  });
  expect(await crm.badFields(circle)).toEqual([422, 'bundle.1.sku']);
  await crm.book('list', { prices: [each('2.50')] });
  const { body } = await crm.price({ lines: [{ sku: 'OUTER', quantity: 2 }] });
  expect([body.net, body.lines[0].steps.length]).toEqual([1000, 3]);
});

test('a configuration is checked, saved, priced by its id, and shows its image', async () => {
  const crm = await shop();
  const { id } = (await crm.product(car)).body;
  const configure = (choices: Body) => crm.at('POST /v1/products/{id}/configure', id, { body: { choices } });
  const next = (await configure({ towbar: 'fixed' })).body;
  expect(next).toMatchObject({ valid: true, complete: false, missing: ['colour', 'battery'], image: 'car.png' });
  expect(next.options[1].values).toEqual([
    { id: 'city', possible: false, reason: 'constraints.0 forbids it' },
    { id: 'long', possible: true },
  ]);
  const save = (choices: Body, more: Body = {}) =>
    crm.at('POST /v1/products/{id}/configurations', id, { body: { choices, ...more } });
  expect(await crm.badFields(save({ towbar: 'fixed', battery: 'city' }))).toEqual([422, 'choices']);
  expect(await crm.badFields(save({ wheels: 'big' }))).toEqual([422, 'choices.wheels']);
  const customerId = await crm.person();
  const saved = await save({ colour: 'red', battery: 'long' }, { customerId });
  expect(saved.body).toMatchObject({ sku: 'CAR', complete: true, image: 'red.png', customerId });
  expect((await crm.at('GET /v1/configurations/{id}', saved.body.id)).body).toEqual(saved.body);
  expect((await crm.timeline(customerId))[0]).toBe('configuration.saved');

  await crm.book('list', { prices: [each(1000, 'CAR'), each(1)] });
  const price = (configuration: unknown, sku = 'CAR') => crm.price({ lines: [{ sku, quantity: 2, configuration }] });
  expect((await price(saved.body.id)).body).toMatchObject({ net: 396000, lines: [{ unit: 198000 }] });
  expect((await price({ colour: 'white', battery: 'city' })).body.net).toBe(200000);
  expect((await price(undefined)).body.net).toBe(200000);
  const refused = [
    price({ colour: 'red' }),
    price({ colour: 'red', battery: 'city', towbar: 'fixed' }),
    price(saved.body.id, 'A'),
  ];
  for (const one of refused) expect(await crm.badFields(one)).toEqual([422, 'lines.0.configuration']);
  expect(await crm.badFields(price('cfg_01jd5e7k3m9q2r4t6v8w0x1y2z'))).toEqual([422, 'lines.0.configuration']);
});

test('customers save configurations of their own, which follow a merge and go with an erasure', async () => {
  const crm = await shop();
  const { person, as } = portal(crm);
  const [ada, ben] = [await person(), await person()];
  const { id } = (await crm.product(car)).body;
  const choices = { colour: 'red', battery: 'long' };
  const params = { id };
  expect((await as(ada, 'POST /v1/me/products/{id}/configure', { params, body: { choices } })).body.complete).toBe(
    true,
  );
  const saved = await as(ada, 'POST /v1/me/products/{id}/configurations', { params, body: { choices, name: 'Mine' } });
  expect([saved.status, saved.headers.get('location')]).toEqual([201, `/v1/me/configurations/${saved.body.id}`]);
  const read = (who: typeof ada) => as(who, 'GET /v1/me/configurations/{id}', { params: { id: saved.body.id } });
  expect([(await read(ada)).body.name, (await read(ben)).status]).toEqual(['Mine', 404]);
  const own = async (who: typeof ada) => (await as(who, 'GET /v1/me/configurations')).body.items.length;
  expect([await own(ada), await own(ben)]).toEqual([1, 0]);
  await crm.book('list', { prices: [each(1, 'CAR')] });
  const body = { currency: 'EUR', lines: [{ sku: 'CAR', configuration: saved.body.id }] };
  expect((await as(ada, 'POST /v1/me/price', { body })).body.gross).toBe(90108);
  expect(await crm.badFields(as(ben, 'POST /v1/me/price', { body }))).toEqual([422, 'lines.0.configuration']);
  await crm.merge(ben.id, ada.id);
  expect(await own(ben)).toBe(1);
  await crm.unmerge(ben.id, ada.id);
  expect(await own(ben)).toBe(0);
  await crm.at('POST /v1/customers/{id}/erase', ada.id, { body: { reason: 'asked' } });
  await crm.idle();
  expect((await crm.at('GET /v1/configurations/{id}', saved.body.id)).status).toBe(404);
});

test('a product or a price book that is too large for a record is refused, and says so', async () => {
  const crm = await shop();
  const attributes = Object.fromEntries(Array.from({ length: 1500 }, (_, nth) => [`a${nth}`, 'x'.repeat(400)]));
  expect(await crm.refused(crm.product({ sku: 'A', attributes }))).toEqual([413, 'change.too-large']);
  const skus = (of: number) => Array.from({ length: 500 }, (_, nth) => `SKU-${of}-${nth}`);
  const promotions = Array.from({ length: 100 }, (_, nth) => ({
    ...{ id: `p${nth}`, off: { percent: 1 }, when: { skus: skus(nth) } },
  }));
  expect(await crm.refused(crm.book('x', { promotions }))).toEqual([413, 'change.too-large']);
});
