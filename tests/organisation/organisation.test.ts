import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const company = async () => {
  const crm = related(await world());
  const team = (id: string, body: Body = {}) => crm.at('PUT /v1/teams/{id}', id, { body: { name: id, ...body } });
  const staff = (userId: string, body: Body = {}) =>
    crm.ask('PUT /v1/staff/{userId}', { params: { userId }, body: { name: userId, ...body } });
  const reports = async (userId: string) => {
    const { body } = await crm.ask('GET /v1/staff/{userId}/reports', { params: { userId } });
    const ids = (all: Body[]) => all.map(({ id }) => id);
    return { line: ids(body.line), items: ids(body.items) };
  };
  return { ...crm, team, staff, reports };
};

test('teams, staff members and reporting lines are created and read', async () => {
  const crm = await company();
  expect((await crm.team('sales', { lead: 'sue' })).status).toBe(201);
  await crm.team('key-accounts', { parent: 'sales' });
  expect((await crm.team('key-accounts', { parent: 'sales', name: 'Key' })).body).toMatchObject({ version: 2 });
  expect((await crm.staff('top', { email: 'TOP@example.com', skills: ['fleet'] })).body).toMatchObject({
    email: 'top@example.com',
    skills: ['fleet'],
    languages: [],
  });
  await crm.staff('sue', { reportsTo: 'top', team: 'sales' });
  await crm.staff('abe', { reportsTo: 'sue', team: 'sales' });
  expect(await crm.reports('sue')).toEqual({ line: ['top'], items: ['abe'] });
  expect((await crm.reports('abe')).line).toEqual(['sue', 'top']);
  const of = async (query: Record<string, string>) =>
    (await crm.ask('GET /v1/staff', { query })).body.items.map(({ id }: Body) => id);
  expect([await of({ team: 'sales' }), await of({})]).toEqual([
    ['abe', 'sue'],
    ['abe', 'sue', 'top'],
  ]);
  const { body } = await crm.ask('GET /v1/teams');
  expect(body.items.map(({ name }: Body) => name)).toEqual(['Key', 'sales']);
  expect((await crm.ask('GET /v1/staff/{userId}', { params: { userId: 'sue' } })).body.team).toBe('sales');
});

test('reporting lines and parent teams have no cycles, and no reference is left without its target', async () => {
  const crm = await company();
  await crm.team('a');
  await crm.team('b', { parent: 'a' });
  expect(await crm.badFields(crm.team('a', { parent: 'b' }))).toEqual([422, 'parent']);
  expect(await crm.badFields(crm.team('a', { parent: 'a' }))).toEqual([422, 'parent']);
  expect(await crm.badFields(crm.team('a', { parent: 'none' }))).toEqual([422, 'parent']);
  expect(await crm.badFields(crm.team('Not a name'))).toEqual([422, 'id']);
  await crm.staff('x', { team: 'b' });
  await crm.staff('y', { reportsTo: 'x' });
  expect(await crm.badFields(crm.staff('x', { reportsTo: 'y' }))).toEqual([422, 'reportsTo']);
  expect(await crm.badFields(crm.staff('x', { team: 'none' }))).toEqual([422, 'team']);
  expect(await crm.refused(crm.at('DELETE /v1/teams/{id}', 'b'))).toEqual([409, 'team.in-use']);
  expect(await crm.refused(crm.at('DELETE /v1/teams/{id}', 'a'))).toEqual([409, 'team.in-use']);
  const leave = (userId: string) => crm.ask('DELETE /v1/staff/{userId}', { params: { userId } });
  expect(await crm.refused(leave('x'))).toEqual([409, 'staff.has-reports']);
  expect([(await leave('y')).status, (await leave('x')).status]).toEqual([200, 200]);
  expect((await crm.at('DELETE /v1/teams/{id}', 'b')).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/teams/{id}', 'b'))).toEqual([404, 'team.not-found']);
  const sales = await crm.tokenFor(['sales']);
  const put = crm.at('PUT /v1/teams/{id}', 'a', { body: { name: 'x' }, token: sales });
  expect((await put).status).toBe(403);
});

test('a customer has an owner and is in territories of teams', async () => {
  const crm = await company();
  const id = await crm.person({ address: { country: 'SG' } });
  await crm.team('sg', { territories: { attribute: 'address.country', is: 'SG' } });
  await crm.team('my', { territories: { attribute: 'address.country', is: 'MY' } });
  expect(await crm.badFields(crm.team('x', { territories: { segment: 'seg_1' } }))).toEqual([
    422,
    'territories.segment',
  ]);
  const { body } = await crm.at('GET /v1/customers/{id}/teams', id);
  expect(body.items.map((team: Body) => team.id)).toEqual(['sg']);
  await crm.staff('sue');
  const assign = (userId: string | null) => crm.at('POST /v1/customers/{id}/assign-owner', id, { body: { userId } });
  expect(await crm.badFields(assign('unknown'))).toEqual([422, 'userId']);
  expect((await assign('sue')).body).toMatchObject({ ownerId: 'sue', version: 2 });
  expect((await assign('sue')).body.version).toBe(2);
  await crm.at('PATCH /v1/customers/{id}', id, { body: { familyName: 'Lim' } });
  expect((await crm.read(id)).body.ownerId).toBe('sue');
  expect((await assign(null)).body).not.toHaveProperty('ownerId');
  expect((await crm.timeline(id)).filter(type => type === 'owner.assigned')).toHaveLength(2);
});

test('the owner of a merged customer becomes the owner of the remaining one, if that has none', async () => {
  const crm = await company();
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.staff('sue');
  await crm.at('POST /v1/customers/{id}/assign-owner', b, { body: { userId: 'sue' } });
  await crm.merge(a, b);
  expect((await crm.read(a)).body.ownerId).toBe('sue');
  await crm.unmerge(a, b);
  expect((await crm.read(a)).body).not.toHaveProperty('ownerId');
  expect((await crm.read(b)).body.ownerId).toBe('sue');
});
