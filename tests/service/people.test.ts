import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const company = async () => {
  const crm = desk(await world());
  const of = (userId: string) => ({ params: { userId } });
  return {
    ...crm,
    putStaff: (userId: string, body: object) => crm.done(crm.ask('PUT /v1/staff/{userId}', { ...of(userId), body })),
    staff: (userId: string) => crm.done(crm.ask('GET /v1/staff/{userId}', of(userId))),
    leave: (userId: string) => crm.done(crm.ask('DELETE /v1/staff/{userId}', of(userId))),
    team: (id: string, body: object = {}) =>
      crm.done(crm.ask('PUT /v1/teams/{id}', { params: { id }, body: { name: id, ...body } })),
  };
};

test('an agent is a staff member with a service profile: each is changed by either route, and nothing is stored twice', async () => {
  const crm = await company();
  const created = await crm.ask('PUT /v1/agents/{userId}', {
    params: { userId: 'ben' },
    body: { name: 'Ben Lim', skills: ['Brakes'], languages: ['en'], capacity: 2, team: 'workshop' },
  });
  expect([created.status, created.body]).toMatchObject([201, { team: 'workshop', skills: ['brakes'], load: 0 }]);
  expect(await crm.staff('ben')).toMatchObject({ name: 'Ben Lim', skills: ['brakes'], team: 'workshop' });
  expect((await crm.done(crm.ask('GET /v1/teams'))).items).toMatchObject([{ id: 'workshop' }]);

  const asMember = { name: 'Benjamin Lim', email: 'ben@x.example', skills: ['brakes', 'tyres'], reportsTo: 'sue' };
  await crm.putStaff('sue', { name: 'Sue' });
  await crm.putStaff('ben', asMember);
  expect(await crm.readAgent('ben')).toMatchObject({ name: 'Benjamin Lim', skills: ['brakes', 'tyres'], capacity: 2 });
  expect(await crm.readAgent('ben')).not.toHaveProperty('team');
  await crm.done(
    crm.ask('PUT /v1/agents/{userId}', { params: { userId: 'ben' }, body: { capacity: 5, skills: ['oil'] } }),
  );
  const { name, email, reportsTo } = asMember;
  expect(await crm.staff('ben')).toMatchObject({ name, email, reportsTo, skills: ['oil'] });
  const nameless = await crm.ask('PUT /v1/agents/{userId}', { params: { userId: 'new' }, body: { capacity: 1 } });
  expect([nameless.status, nameless.body.errors]).toEqual([
    422,
    [{ path: 'name', message: 'is missing: new is not a staff member yet' }],
  ]);
  expect((await crm.done(crm.ask('GET /v1/agents'))).items.map(({ id }: { id: string }) => id)).toEqual(['ben']);
});

test('the cases of a queue go to its team and the teams below it', async () => {
  const crm = await company();
  await crm.team('service');
  await crm.team('workshop', { parent: 'service' });
  await crm.agent('ben', { team: 'workshop' });
  await crm.agent('mei');
  const unknown = await crm.ask('PUT /v1/queues/{id}', { params: { id: 'q' }, body: { name: 'Q', team: 'none' } });
  expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'team']);
  await crm.queue('repairs', { name: 'Repairs', match: { attribute: 'type', is: 'report' }, team: 'service' });
  const { id: customerId } = await crm.customer();
  const opened = [];
  for (let nth = 0; nth < 4; nth++) opened.push(await crm.open({ customerId, type: 'report' }));
  await crm.idle();
  const agents = await Promise.all(opened.map(async ({ id }) => (await crm.read(id)).agentId));
  expect(agents.sort()).toEqual(['ben', 'ben', 'ben', null]);
  expect((await crm.decisions(customerId)).flatMap(({ reasons }) => reasons)).toContain(
    'mei (mei) is not in the team service',
  );
  await crm.putStaff('mei', { name: 'Mei', team: 'service' });
  await crm.idle();
  expect(await crm.list({ agentId: 'mei' })).toHaveLength(1);
});

test('who leaves the company or goes away gives back what is to be done', async () => {
  const crm = await company();
  await crm.agent('ben');
  const { id: customerId } = await crm.customer();
  const [one, two] = [await crm.open({ customerId }), await crm.open({ customerId })];
  await crm.idle();
  await crm.done(crm.tell(two.id, 'reply', { body: 'Which one?' }));
  await crm.agent('eva');
  await crm.status('ben', 'away');
  await crm.idle();
  const both = async () => [await crm.read(one.id), await crm.read(two.id)];
  expect(await both()).toMatchObject([
    { status: 'assigned', agentId: 'eva' },
    { status: 'waiting', agentId: 'ben' },
  ]);
  await crm.leave('ben');
  await crm.idle();
  expect(await both()).toMatchObject([
    { status: 'assigned', agentId: 'eva' },
    { status: 'assigned', agentId: 'eva', sla: { pausedAt: null } },
  ]);
  expect(await crm.readAgent('eva')).toMatchObject({ load: 2 });
  const gone = await crm.ask('GET /v1/agents/{userId}', { params: { userId: 'ben' } });
  expect([gone.status, gone.body.code]).toEqual([404, 'agent.not-found']);
  expect((await crm.tell(one.id, 'assign', { agentId: 'ben' })).body.code).toBe('agent.not-found');
  await crm.agent('ben');
  expect(await crm.readAgent('ben')).toMatchObject({ load: 0, status: 'available' });
});

test('a case whose agent is away is routed again when its customer answers', async () => {
  const crm = await company();
  await crm.agent('ben');
  const { id: customerId } = await crm.customer();
  const { id } = await crm.open({ customerId });
  await crm.idle();
  await crm.done(crm.tell(id, 'reply', { body: 'Which one?' }));
  await crm.status('ben', 'away');
  await crm.idle();
  expect(await crm.read(id)).toMatchObject({ status: 'waiting', agentId: 'ben' });
  const answered = await crm.done(crm.tell(id, 'reply', { body: 'The red one', from: 'customer' }));
  expect(answered).toMatchObject({ status: 'queued', agentId: null, sla: { pausedAt: null } });
  await crm.agent('eva');
  await crm.idle();
  expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'eva' });
  expect(await crm.readAgent('ben')).toMatchObject({ load: 0 });
});
