import { expect, test } from 'vitest';
import { related } from '../relations-world.ts';
import { world } from '../world.ts';

type Body = Record<string, unknown>;

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const stages = [
  { id: 'lead', name: 'Lead', probability: 0.1, forecast: 'omit' },
  { id: 'talk', name: 'Talk', probability: 0.3 },
  { id: 'offer', name: 'Offer', probability: 0.5, forecast: 'best' },
  { id: 'close', name: 'Close', probability: 0.9, forecast: 'commit' },
];

const selling = async (more: Body = {}, own: Body[] = stages) => {
  const crm = related(await world());
  const customerId = await crm.person();
  const put = (body: Body) =>
    crm.ask('PUT /v1/pipelines/{id}', { params: { id: 'cars' }, body: { name: 'Cars', ...body } });
  expect((await put({ stages: own, ...more })).status).toBe(201);
  const open = async (stage: string, fields: Body = {}) => {
    const body = { customerId, name: 'A car', pipelineId: 'cars', stage, closeOn: '2026-12-18', ...fields };
    return (await crm.ask('POST /v1/opportunities', { body })).body;
  };
  const tell = (id: string, verb: string, body: Body) => crm.at(`POST /v1/opportunities/{id}/${verb}`, id, { body });
  const change = (id: string, body: Body) => crm.at('PATCH /v1/opportunities/{id}', id, { body });
  const forecast = async (query: Record<string, string> = {}) =>
    (await crm.ask('GET /v1/forecasts', { query: { pipelineId: 'cars', period: '2026-12', ...query } })).body;
  const sums = async (query?: Record<string, string>) => {
    const { omit, pipeline, best, commit, closed } = await forecast(query);
    return [omit, pipeline, best, commit, closed].map(({ amount }) => amount);
  };
  return { ...crm, customerId, put, open, tell, change, forecast, sums };
};

test('open opportunities count unweighted under the category of their stage, in the month of their expected close', async () => {
  const crm = await selling();
  expect(await crm.forecast()).toMatchObject({ pipelineId: 'cars', period: '2026-12', quota: null, currency: 'XXX' });
  for (const { id } of stages) await crm.open(id, { amount: euros(100), ownerId: 'mei' });
  const moved = await crm.open('talk', { amount: euros(7), closeOn: '2027-01-05' });
  await crm.open('offer', { amount: { amount: 5, currency: 'USD' } });
  await crm.open('offer', { amount: euros(1), closeOn: null });
  expect(await crm.sums()).toEqual([100, 100, 100, 100, 0]);
  expect(await crm.forecast()).toMatchObject({
    ...{ currency: 'EUR', weighted: euros(170), counts: { best: 2 } },
    others: [{ currency: 'USD', best: { amount: 5 } }],
  });
  await crm.change(moved.id, { closeOn: '2026-12-30', amount: euros(9) });
  expect(await crm.sums()).toEqual([100, 109, 100, 100, 0]);
  expect(await crm.sums({ period: '2027-01' })).toEqual([0, 0, 0, 0, 0]);
  expect([await crm.sums({ ownerId: 'mei' }), await crm.sums({ period: '2026-Q4' })]).toEqual([
    [100, 100, 100, 100, 0],
    [100, 109, 100, 100, 0],
  ]);
  await crm.put({ stages: stages.map(stage => ({ ...stage, forecast: 'commit' })) });
  expect(await crm.sums()).toEqual([0, 0, 0, 409, 0]);
});

test('what is won counts in the month in which it was won, and what is lost no more', async () => {
  const crm = await selling();
  const month = (await crm.now()).slice(0, 7);
  const [won, lost] = [
    await crm.open('close', { amount: euros(300), closeOn: '2030-01-01' }),
    await crm.open('close', { amount: euros(50) }),
  ];
  await crm.tell(won.id, 'win', {});
  await crm.tell(lost.id, 'lose', { reason: 'price', competitor: 'Acme' });
  expect(await crm.sums({ period: month })).toEqual([0, 0, 0, 0, 300]);
  expect(await crm.sums({ period: '2030-01' })).toEqual([0, 0, 0, 0, 0]);
  const query = { from: month, to: month, by: 'competitor' };
  const { body } = await crm.at('GET /v1/pipelines/{id}/outcomes', 'cars', { query });
  expect(body).toMatchObject({ complete: true, won: { count: 1, amounts: [euros(300)] }, lost: { count: 1 } });
  expect(body.items.map(({ value, winRate }: Body) => [value, winRate])).toEqual([
    [null, 1],
    ['Acme', 0],
  ]);
  const days = await crm.ask('GET /v1/forecasts/days', { query: { pipelineId: 'cars', period: month } });
  expect(days.body.items.at(-1)).toMatchObject({ closed: euros(300), counts: { closed: 1 } });
});

test('quotas and overrides stand beside the figures, with a reason', async () => {
  const crm = await selling();
  const params = { pipelineId: 'cars', period: '2026-12', category: 'commit' };
  const quota = (body: Body) => crm.ask('PUT /v1/quotas/{pipelineId}/{period}', { params, body });
  expect((await quota({ amount: euros(1000) })).status).toBe(201);
  await quota({ amount: euros(400), ownerId: 'mei' });
  const override = (body: Body) =>
    crm.ask('PUT /v1/forecasts/{pipelineId}/{period}/overrides/{category}', { params, body });
  expect(await crm.badFields(override({ amount: euros(5) }))).toEqual([422, 'reason']);
  await override({ amount: euros(800), reason: 'one slips' });
  expect(await crm.forecast()).toMatchObject({
    ...{ quota: euros(1000), commit: euros(0) },
    overrides: [{ category: 'commit', amount: euros(800), reason: 'one slips' }],
  });
  expect((await crm.forecast({ ownerId: 'mei' })).quota).toEqual(euros(400));
  const bad = (query: Record<string, string>) => crm.badFields(crm.ask('GET /v1/forecasts', { query }));
  expect([await bad({ period: '2026-13' }), await bad({ ownerId: 'a', team: 'b' })]).toEqual([
    [422, 'period'],
    [422, 'team'],
  ]);
  expect(await crm.refused(crm.ask('GET /v1/forecasts', { query: { pipelineId: 'none' } }))).toEqual([
    404,
    'pipeline.not-found',
  ]);
});

test('a stage has its conditions, fields, tasks and the time after which a deal has stalled', async () => {
  const gated = [
    { id: 'talk', name: 'Talk', probability: 0.2, exit: { attribute: 'amount.amount', gte: 100 } },
    {
      ...{ id: 'offer', name: 'Offer', probability: 0.5, required: ['amount', 'ownerId'], stalledAfter: 'P10D' },
      ...{
        tasks: [{ subject: 'Write the offer', dueIn: 'P2D' }],
        entry: { attribute: 'customer.familyName', is: 'Tan' },
      },
    },
  ];
  const crm = await selling({ reasons: { lost: ['price'] } }, gated);
  const { id } = await crm.open('talk', { amount: euros(50) });
  expect(await crm.badFields(crm.tell(id, 'advance', { stage: 'offer' }))).toEqual([422, 'ownerId']);
  await crm.change(id, { ownerId: 'mei', team: [{ userId: 'ravi', role: 'engineer' }], competitors: ['Acme'] });
  expect(await crm.refused(crm.tell(id, 'advance', { stage: 'offer' }))).toEqual([409, 'opportunity.stage-not-ready']);
  expect(await crm.refused(crm.tell(id, 'win', {}))).toEqual([409, 'opportunity.stage-not-ready']);
  await crm.change(id, { amount: euros(100) });
  expect((await crm.tell(id, 'advance', { stage: 'offer' })).body).toMatchObject({
    ...{ stage: 'offer', team: [{ userId: 'ravi' }], competitors: ['Acme'], stalledAt: null },
    timeInStages: { talk: expect.any(Number) },
  });
  const tasks = await crm.ask('GET /v1/activities', { query: { relatedTo: id } });
  expect(tasks.body.items).toMatchObject([{ kind: 'task', subject: 'Write the offer', assignedTo: 'mei' }]);
  await crm.advance('P11D');
  await crm.idle();
  const stalled = await crm.ask('GET /v1/opportunities', { query: { customerId: crm.customerId, stalled: 'true' } });
  expect(stalled.body.items.map((one: Body) => one.id)).toEqual([id]);
  expect(await crm.badFields(crm.tell(id, 'lose', { reason: 'weather' }))).toEqual([422, 'reason']);
  const wrong = [{ ...gated[0], exit: { attribute: 'amonut', gte: 1 } }];
  expect(
    await crm.badFields(crm.ask('PUT /v1/pipelines/{id}', { params: { id: 'x' }, body: { name: 'X', stages: wrong } })),
  ).toEqual([422, 'stages.0.exit.attribute']);
});
