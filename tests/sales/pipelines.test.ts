import { beforeAll, describe, expect, test } from 'vitest';
import { type World, world } from '../world.ts';

let crm: World;
let customerId: string;
beforeAll(async () => {
  crm = await world();
  const body = { givenName: 'Arjun', familyName: 'Rao', email: 'arjun.rao@example.com' };
  customerId = (await crm.ask('POST /v1/customers', { body })).body.id;
});

const sgd = (amount: number) => ({ amount, currency: 'SGD' });
const stages = [
  { id: 'enquiry', name: 'Enquiry', probability: 0.1 },
  { id: 'test-drive', name: 'Test drive', probability: 0.5 },
  { id: 'offer', name: 'Offer', probability: 0.8 },
];

const pipeline = async (id: string) => {
  await crm.ask('PUT /v1/pipelines/{id}', { params: { id }, body: { name: 'New cars', stages } });
  return id;
};

const opportunity = async (pipelineId: string, amount?: object) =>
  (await crm.ask('POST /v1/opportunities', { body: { customerId, name: 'A car', pipelineId, amount } })).body;

const command = (verb: string, id: string, body: object) =>
  crm.ask(`POST /v1/opportunities/{id}/${verb}`, { params: { id }, body });

const snapshot = async (id: string) => (await crm.ask('GET /v1/pipelines/{id}/snapshot', { params: { id } })).body;

const counts = ({ stages }: { stages: { stage: string; count: number }[] }) =>
  Object.fromEntries(stages.map(({ stage, count }) => [stage, count]));

describe('an opportunity', () => {
  test('starts at the first stage, moves forwards and back, is won, and all of it is on the timeline', async () => {
    const pipelineId = await pipeline('story');
    const { id, stage } = await opportunity(pipelineId, sgd(9_990_000));
    expect(stage).toBe('enquiry');
    expect((await command('advance', id, { stage: 'offer' })).body).toMatchObject({ stage: 'offer', version: 2 });
    expect((await command('advance', id, { stage: 'test-drive' })).body).toMatchObject({ stage: 'test-drive' });
    const won = await command('win', id, { reason: 'the range' });
    expect(won.body).toMatchObject({ status: 'won', stage: 'test-drive', reason: 'the range' });
    expect(won.body.closedAt).toBeTruthy();

    const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: customerId } })).body;
    const mine = items.filter(({ about }: { about: string }) => about === id);
    expect(mine.map(({ type }: { type: string }) => type)).toEqual([
      'opportunity.won',
      'opportunity.advanced',
      'opportunity.advanced',
      'opportunity.created',
    ]);
    const view = (await crm.ask('GET /v1/customers/{id}/view', { params: { id: customerId } })).body;
    expect(view.opportunities).toContainEqual(
      expect.objectContaining({ id, name: 'A car', stage: 'test-drive', status: 'won', amount: sgd(9_990_000) }),
    );
  });

  test('cannot be moved to where it is, to a stage that is none, or once it is closed', async () => {
    const pipelineId = await pipeline('refusals');
    const { id } = await opportunity(pipelineId);
    expect(await command('advance', id, { stage: 'enquiry' })).toMatchObject({
      status: 409,
      body: { code: 'opportunity.at-stage' },
    });
    expect(await command('advance', id, { stage: 'nowhere' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'stage' }] },
    });
    expect((await command('lose', id, {})).status).toBe(422);
    expect((await command('lose', id, { reason: 'price' })).body).toMatchObject({ status: 'lost', reason: 'price' });
    for (const [verb, body] of [
      ['advance', { stage: 'offer' }],
      ['win', {}],
      ['lose', { reason: 'price' }],
    ] as const) {
      expect(await command(verb, id, body)).toMatchObject({ status: 409, body: { code: 'opportunity.closed' } });
    }
    const changed = await crm.ask('PATCH /v1/opportunities/{id}', { params: { id }, body: { name: 'Another' } });
    expect(changed).toMatchObject({ status: 409, body: { code: 'opportunity.closed' } });
  });

  test('is changed only at the version the client has seen', async () => {
    const { id } = await opportunity('default');
    const headers = { 'if-match': '"1"' };
    const body = { name: 'Another' };
    const ask = () => crm.ask('PATCH /v1/opportunities/{id}', { params: { id }, body, headers });
    expect((await ask()).body).toMatchObject({ name: 'Another', version: 2 });
    expect(await ask()).toMatchObject({ status: 412, body: { code: 'version.stale' } });
  });

  test('is found at its stage, the longest there first, by status and by customer', async () => {
    const pipelineId = await pipeline('lists');
    const [first, second, third] = [
      await opportunity(pipelineId),
      await opportunity(pipelineId),
      await opportunity(pipelineId),
    ];
    await command('win', third.id, {});
    const ids = async (query: Record<string, string>) =>
      (await crm.ask('GET /v1/opportunities', { query })).body.items.map(({ id }: { id: string }) => id);
    expect(await ids({ pipelineId, stage: 'enquiry' })).toEqual([first.id, second.id]);
    expect(await ids({ pipelineId, status: 'won' })).toEqual([third.id]);
    expect(await ids({ pipelineId })).toEqual([third.id, second.id, first.id]);
    expect(await ids({ customerId, pipelineId, limit: '100' })).toEqual([third.id, second.id, first.id]);
  });

  test('of another tenant does not exist, nor is it written without the scope', async () => {
    const other = await world();
    const { id } = await opportunity('default');
    const reply = await other.ask('POST /v1/opportunities/{id}/win', { params: { id }, body: {} });
    expect(reply).toMatchObject({ status: 404, body: { code: 'opportunity.not-found' } });
    const token = await crm.tokenFor(['marketer']);
    const won = await crm.ask('POST /v1/opportunities/{id}/win', { params: { id }, body: {}, token });
    expect(won).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
  });
});

describe('a pipeline', () => {
  test('is built in as default, described with PUT, listed and read', async () => {
    const fresh = await world();
    expect((await fresh.ask('GET /v1/pipelines')).body.items.map(({ id }: { id: string }) => id)).toEqual(['default']);
    const put = (body: object) => fresh.ask('PUT /v1/pipelines/{id}', { params: { id: 'cars' }, body });
    const created = await put({ name: 'Cars', stages });
    expect(created).toMatchObject({ status: 201, body: { id: 'cars', version: 1, stages } });
    expect(created.headers.get('location')).toBe('/v1/pipelines/cars');
    expect(await put({ name: 'New cars', stages })).toMatchObject({ status: 200, body: { version: 2 } });
    const own = await fresh.ask('PUT /v1/pipelines/{id}', {
      params: { id: 'default' },
      body: { name: 'Ours', stages },
    });
    expect(own).toMatchObject({ status: 200, body: { id: 'default', name: 'Ours', version: 2 } });
    const page = await fresh.ask('GET /v1/pipelines', { query: { limit: 1 } });
    expect(page.body.items[0]).toMatchObject({ id: 'cars', name: 'New cars' });
    const rest = await fresh.ask('GET /v1/pipelines', { query: { limit: 1, cursor: page.body.nextCursor } });
    expect(rest.body).toMatchObject({ items: [{ id: 'default' }], nextCursor: null });
  });

  test('that does not exist is not found', async () => {
    const params = { id: 'nowhere' };
    for (const key of ['GET /v1/pipelines/{id}', 'GET /v1/pipelines/{id}/snapshot']) {
      expect(await crm.ask(key, { params })).toMatchObject({ status: 404, body: { code: 'pipeline.not-found' } });
    }
    const body = { customerId, name: 'A car', pipelineId: 'nowhere' };
    expect((await crm.ask('POST /v1/opportunities', { body })).body.code).toBe('pipeline.not-found');
  });

  test('keeps the stages that open opportunities stand at', async () => {
    const id = await pipeline('kept');
    await opportunity(id);
    const body = { name: 'New cars', stages: stages.slice(1) };
    expect(await crm.ask('PUT /v1/pipelines/{id}', { params: { id }, body })).toMatchObject({
      status: 409,
      body: { code: 'pipeline.stage-in-use', stages: ['enquiry'] },
    });
  });

  test('is described by who may change settings', async () => {
    const body = { name: 'Cars', stages };
    const token = await crm.tokenFor(['sales']);
    const refused = await crm.ask('PUT /v1/pipelines/{id}', { params: { id: 'cars' }, body, token });
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
    expect((await crm.ask('GET /v1/pipelines', { token })).status).toBe(200);
  });

  test('has a snapshot: count, amounts a currency, weighted, age, won and lost', async () => {
    const id = await pipeline('snapshot');
    const [a, b, c, d] = [
      await opportunity(id, sgd(1_000)),
      await opportunity(id, sgd(500)),
      await opportunity(id, { amount: 700, currency: 'MYR' }),
      await opportunity(id),
    ];
    await command('advance', a.id, { stage: 'test-drive' });
    await command('win', b.id, {});
    await command('lose', d.id, { reason: 'price' });
    await crm.ask('PATCH /v1/opportunities/{id}', { params: { id: c.id }, body: { amount: sgd(300) } });
    const figures = await snapshot(id);
    expect(figures).toMatchObject({
      stages: [
        { stage: 'enquiry', count: 1, amounts: [sgd(300)], weighted: [sgd(30)] },
        { stage: 'test-drive', count: 1, amounts: [sgd(1_000)], weighted: [sgd(500)] },
        { stage: 'offer', count: 0, amounts: [], weighted: [], oldestDays: null },
      ],
      open: { count: 2, amounts: [sgd(1_300)], weighted: [sgd(530)] },
      won: { count: 1, amounts: [sgd(500)] },
      lost: { count: 1, amounts: [] },
    });
    const before = figures.stages[0].oldestDays;
    await crm.advance('P3D');
    expect((await snapshot(id)).stages[0].oldestDays).toBeGreaterThanOrEqual(before + 3);
  });

  test('counts exactly when many move at once', async () => {
    const id = await pipeline('crowd');
    const made = await Promise.all(Array.from({ length: 40 }, () => opportunity(id, sgd(100))));
    expect(made.filter(({ version }) => version === 1)).toHaveLength(40);
    expect(counts(await snapshot(id))).toEqual({ enquiry: 40, 'test-drive': 0, offer: 0 });
    const moves = made.flatMap(({ id }, nth) => [
      command('advance', id, { stage: 'test-drive' }),
      ...(nth % 2 ? [command('advance', id, { stage: 'offer' })] : []),
      ...(nth % 4 === 0 ? [command('win', id, {})] : []),
    ]);
    const statuses = new Set((await Promise.all(moves)).map(({ status }) => status));
    expect([...statuses].filter(status => status !== 200 && status !== 409)).toEqual([]);

    const where = await Promise.all(
      made.map(async ({ id }) => (await crm.ask('GET /v1/opportunities/{id}', { params: { id } })).body),
    );
    const figures = await snapshot(id);
    for (const { stage, count, amounts } of figures.stages) {
      const there = where.filter(one => one.status === 'open' && one.stage === stage).length;
      expect({ stage, count, amounts }).toEqual({ stage, count: there, amounts: there ? [sgd(there * 100)] : [] });
    }
    expect(figures.won.count).toBe(where.filter(({ status }) => status === 'won').length);
    expect(figures.open.count + figures.won.count).toBe(40);
  });
});
