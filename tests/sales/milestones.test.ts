import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const selling = async () => {
  const crm = related(await world());
  const customerId = await crm.person();
  const { id } = (await crm.ask('POST /v1/opportunities', { body: { customerId, name: 'A car' } })).body;
  const at = '/v1/opportunities/{id}/milestones/{milestoneId}';
  const tell = (verb: string, path: string, milestoneId: string, body?: Body) =>
    crm.ask(`${verb} ${at}${path}`, { params: { id, milestoneId }, ...(body ? { body } : {}) });
  const today = (await crm.now()).slice(0, 10);
  const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    ...{ ...crm, id, customerId, day },
    plan: (milestoneId: string, body: Body) => tell('PUT', '', milestoneId, body),
    reach: (milestoneId: string, body: Body) => tell('POST', '/reach', milestoneId, body),
    remove: (milestoneId: string) => tell('DELETE', '', milestoneId),
    slips: async () =>
      (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: customerId } })).body.items
        .filter(({ type }: Body) => type === 'opportunity.milestone-slipped')
        .map(({ data }: { data: Body }) => [(data.milestone as Body).id, data.from, data.slips])
        .reverse(),
  };
};

test('a milestone that is moved to a later day or missed slips, once each; one that is reached in time does not', async () => {
  const crm = await selling();
  const { day } = crm;
  expect((await crm.plan('drive', { name: 'Test drive', dueOn: day(3) })).body.milestones).toEqual([
    { id: 'drive', name: 'Test drive', dueOn: day(3), slips: 0 },
  ]);
  await crm.plan('loan', { name: 'Loan granted', dueOn: day(1) });
  await crm.plan('drive', { name: 'Test drive', dueOn: day(2) });
  const { body } = await crm.plan('drive', { name: 'Test drive', dueOn: day(4) });
  expect(body.milestones.map(({ id, slips }: Body) => [id, slips])).toEqual([
    ['loan', 0],
    ['drive', 1],
  ]);
  const reached = await crm.reach('loan', { evidence: 'letter of the bank' });
  expect(reached.body.milestones[0]).toMatchObject({ evidence: 'letter of the bank', reachedOn: day(0) });
  expect(await crm.refused(crm.reach('loan', { evidence: 'again' }))).toEqual([409, 'milestone.reached']);
  await crm.advance('P6D');
  await crm.idle();
  expect(await crm.slips()).toEqual([
    ['drive', day(2), 1],
    ['drive', null, 2],
  ]);
  const late = await crm.reach('drive', { evidence: 'signed form', reachedOn: day(5) });
  expect(late.body.milestones[1]).toMatchObject({ slips: 2, reachedOn: day(5) });
});

test('a milestone cannot be planned for the past, reached in the future, or changed once the sale is closed', async () => {
  const crm = await selling();
  const { day } = crm;
  expect(await crm.badFields(crm.plan('a', { name: 'A', dueOn: '2020-01-01' }))).toEqual([422, 'dueOn']);
  expect(await crm.badFields(crm.plan('No id', { name: 'A', dueOn: day(1) }))).toEqual([422, 'id']);
  await crm.plan('a', { name: 'A', dueOn: day(1) });
  expect(await crm.badFields(crm.reach('a', { evidence: 'x', reachedOn: day(1) }))).toEqual([422, 'reachedOn']);
  expect(await crm.refused(crm.reach('b', { evidence: 'x' }))).toEqual([404, 'milestone.not-found']);
  expect((await crm.remove('a')).body.milestones).toEqual([]);
  await crm.plan('a', { name: 'A', dueOn: day(1) });
  await crm.ask('POST /v1/opportunities/{id}/lose', { params: { id: crm.id }, body: { reason: 'price' } });
  expect(await crm.refused(crm.remove('a'))).toEqual([409, 'opportunity.closed']);
  await crm.advance('P3D');
  await crm.idle();
  expect(await crm.slips()).toEqual([]);
  const erasing = await crm.at('POST /v1/customers/{id}/erase', crm.customerId, { body: { reason: 'asked' } });
  expect(erasing.status).toBeLessThan(300);
  await crm.idle();
  expect((await crm.at('GET /v1/opportunities/{id}', crm.id)).body.milestones).toBeUndefined();
});
