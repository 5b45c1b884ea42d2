import { expect, test } from 'vitest';
import { type Told, type World, world } from '../world.ts';

type Body = Record<string, unknown>;

const customer = async (crm: World, profile: Body): Promise<{ id: string }> =>
  (await crm.ask('POST /v1/customers', { body: profile })).body;

const now = async (crm: World, id: string): Promise<Told['body']> =>
  (await crm.ask('GET /v1/customers/{id}', { params: { id } })).body;

const clean = async (crm: World, fixes: string[], more: Body = {}): Promise<Told['body']> => {
  const body = {
    target: { where: { attribute: 'id', exists: true } },
    action: { clean: fixes },
    why: 'spring cleaning',
    ...more,
  };
  const { body: job } = await crm.ask('POST /v1/bulk', { body });
  await crm.idle();
  return (await crm.ask('GET /v1/bulk/{id}', { params: { id: job.id } })).body;
};

test('what can be cleaned is listed with examples', async () => {
  const crm = await world();
  const { body } = await crm.ask('GET /v1/cleaning/fixes');
  expect(body.items.map(({ id }: { id: string }) => id)).toContain('phone.e164');
  expect(body.items.find(({ id }: { id: string }) => id === 'country.code')).toEqual({
    id: 'country.code',
    does: expect.any(String),
    example: { before: { address: { country: 'UK' } }, after: { address: { country: 'GB' } } },
    guesses: false,
  });
});

test('a preview shows what would change, before and after, and changes nothing', async () => {
  const crm = await world();
  const ada = await customer(crm, { givenName: 'Ada', address: { country: 'UK', postcode: 'sw1a1aa' } });
  await customer(crm, { givenName: 'Ben', address: { country: 'SG' } });
  const { body } = await crm.ask('POST /v1/cleaning/preview', {
    body: { fixes: ['postcode.format', 'country.code'], sample: 5 },
  });
  expect(body).toEqual({
    looked: 2,
    dirty: 1,
    fixes: { 'country.code': 1, 'postcode.format': 1 },
    items: [
      {
        customerId: ada.id,
        changes: [
          { fix: 'country.code', attribute: 'address.country', from: 'UK', to: 'GB' },
          { fix: 'postcode.format', attribute: 'address.postcode', from: 'sw1a1aa', to: 'SW1A 1AA' },
        ],
      },
    ],
  });
  expect((await now(crm, ada.id)).version).toBe(1);
  const refused = await crm.ask('POST /v1/cleaning/preview', { body: { fixes: ['polish'], sample: 101 } });
  expect([refused.status, refused.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
    422,
    ['fixes.0', 'sample'],
  ]);
});

test('records are cleaned in bulk as a dry run said, told fix by fix, and taken back', async () => {
  const crm = await world();
  const ada = await customer(crm, {
    givenName: 'JosÃ©',
    familyName: 'tAN',
    attributes: { size: 'n/a', tier: ' gold ' },
  });
  const shop = await customer(crm, { name: 'Orchid  Motors Pte Ltd', address: { country: 'EN' } });
  const taken = await customer(crm, { givenName: 'Eve', email: 'eve@gmial.com' });
  await customer(crm, { givenName: 'Eve', email: 'eve@gmail.com' });
  const fixes = ['text.decoding', 'name.case', 'placeholder', 'whitespace', 'kind.organisation', 'email.typo-domain'];
  const dry = await clean(crm, fixes, { dryRun: true });
  const run = await clean(crm, fixes);
  expect([dry.counts, dry.fixes]).toEqual([run.counts, run.fixes]);
  expect(run).toMatchObject({
    counts: { looked: 4, fitting: 4, changed: 2, unchanged: 1, failed: 1 },
    fixes: { 'text.decoding': 1, 'name.case': 1, placeholder: 1, whitespace: 1, 'kind.organisation': 1 },
  });
  expect(await now(crm, ada.id)).toMatchObject({
    name: 'José Tan',
    givenName: 'José',
    familyName: 'Tan',
    attributes: { tier: 'gold' },
  });
  expect(await now(crm, shop.id)).toMatchObject({ kind: 'organisation', name: 'Orchid Motors Pte Ltd' });
  expect((await now(crm, taken.id)).email).toBe('eve@gmial.com');
  const lines = (await (await fetch(run.reportUrl)).text()).split('\n').filter(Boolean);
  expect(lines.map(line => JSON.parse(line)).find(({ customerId }) => customerId === taken.id)).toMatchObject({
    changes: [],
    problem: { code: 'customer.email-taken' },
  });
  const { body: undo } = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: run.id }, body: { why: 'oops' } });
  await crm.idle();
  expect((await crm.ask('GET /v1/bulk/{id}', { params: { id: undo.id } })).body.counts).toMatchObject({ changed: 2 });
  expect(await now(crm, ada.id)).toMatchObject({
    name: 'JosÃ© tAN',
    attributes: { size: 'n/a', tier: ' gold ' },
  });
  expect((await now(crm, shop.id)).kind).toBe('person');
});

test('a name that was split is whole again when that is taken back', async () => {
  const crm = await world();
  const { id } = await customer(crm, { name: 'Ada Lovelace Jr' });
  const other = await customer(crm, { name: 'Tan Wei Ming', email: 'wei@example.com' });
  const run = await clean(crm, ['name.split']);
  expect(await now(crm, id)).toMatchObject({
    givenName: 'Ada',
    familyName: 'Lovelace',
    name: 'Ada Lovelace Jr',
    attributes: { suffix: 'Jr' },
  });
  const plain = await customer(crm, { name: 'Ben Smith' });
  const second = await clean(crm, ['name.split']);
  for (const { id: bulkId } of [second, run])
    await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: bulkId }, body: { why: 'they were right' } });
  await crm.idle();
  for (const [one, name] of [
    [id, 'Ada Lovelace Jr'],
    [other.id, 'Tan Wei Ming'],
    [plain.id, 'Ben Smith'],
  ] as const) {
    const { givenName, familyName, name: whole } = await now(crm, one);
    expect([whole, givenName, familyName]).toEqual([name, undefined, undefined]);
  }
});
