import { expect, test } from 'vitest';
import { marketer } from './marketer.ts';

const inSingapore = { attribute: 'address.country', is: 'SG' };
const sg = { address: { country: 'SG' } };

test('a segment finds who is in it, and follows every change from then on', async () => {
  const crm = await marketer();
  const [ada, ben] = [await crm.customer({ givenName: 'Ada', ...sg }), await crm.customer({ givenName: 'Ben' })];
  const segment = await crm.segment(inSingapore);
  expect(segment).toMatchObject({ state: 'building', size: 0, sizeIsExact: false, include: [], exclude: [] });
  await crm.idle();
  expect(await crm.shown(segment.id)).toMatchObject({ state: 'ready', size: 1, sizeIsExact: true });
  expect(await crm.members(segment.id)).toEqual([ada]);
  await crm.patch(ben, sg);
  const carl = await crm.customer({ givenName: 'Carl', ...sg });
  await crm.patch(ada, { address: { country: 'MY' } });
  await crm.idle();
  expect(await crm.members(segment.id)).toEqual([ben, carl].sort());
  expect(await crm.segmentsOf(ben)).toEqual([segment.id]);
  expect((await crm.view(ben)).segments).toMatchObject([{ segmentId: segment.id, name: segment.name }]);
  expect(await crm.moves(ada, segment.id)).toEqual(['entered', 'left']);
  expect(await crm.moves(ben, segment.id)).toEqual(['entered']);
  const { items } = (await crm.ask('GET /v1/segments')).body;
  expect(items).toMatchObject([{ id: segment.id, state: 'ready', size: 2 }]);
});

test('a PATCH moves those for whom something changes, each once', async () => {
  const crm = await marketer();
  const people = await Promise.all(
    ['SG', 'SG', 'MY'].map((country, nth) => crm.customer({ givenName: `P${nth}`, address: { country } })),
  );
  const [a = '', b = '', c = ''] = people;
  const { id } = await crm.segment(inSingapore);
  await crm.idle();
  const { status, body } = await crm.change(id, { condition: { attribute: 'givenName', in: ['P1', 'P2'] } });
  expect([status, body.state]).toEqual([200, 'building']);
  await crm.idle();
  expect(await crm.shown(id)).toMatchObject({ state: 'ready', size: 2, version: 2 });
  expect(await Promise.all(people.map(one => crm.moves(one, id)))).toEqual([
    ['entered', 'left'],
    ['entered'],
    ['entered'],
  ]);
  expect((await crm.change(id, { include: [a], exclude: [b] })).body).toMatchObject({ include: [a], exclude: [b] });
  await crm.idle();
  expect(await crm.members(id)).toEqual([a, c].sort());
  await crm.change(id, { include: [a, b], exclude: [a] });
  await crm.idle();
  expect(await crm.members(id)).toEqual([b, c].sort());
  await crm.change(id, { include: null, exclude: null, name: 'T' });
  await crm.idle();
  expect(await crm.members(id)).toEqual([b, c].sort());
  expect(await crm.shown(id)).toMatchObject({ name: 'T', include: [], exclude: [] });
});

test('time alone puts a customer out of a segment, without an event', async () => {
  const crm = await marketer();
  const ada = await crm.customer({ givenName: 'Ada' });
  const bought = await crm.segment({ event: 'order.completed', within: 'P30D' });
  const quiet = await crm.segment({ not: { event: 'order.completed', within: 'P2D' } });
  await crm.idle();
  await crm.order(ada, `A-${crm.tenant}`);
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([bought.id]);
  await crm.advance('P3D');
  await crm.idle();
  expect((await crm.segmentsOf(ada)).sort()).toEqual([bought.id, quiet.id].sort());
  await crm.advance('P28D');
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([quiet.id]);
  expect(await crm.moves(ada, quiet.id)).toEqual(['entered', 'left', 'entered']);
  const history = await crm.all('GET /v1/segments/{id}/history', bought.id);
  expect(history.map(({ size }) => size).slice(-4)).toEqual(expect.arrayContaining([1]));
  expect(history[0]).toMatchObject({ size: 0, day: (await crm.now()).slice(0, 10) });
});

test('segments of segments follow; a circle is refused, and what is used is not deleted', async () => {
  const crm = await marketer();
  const ada = await crm.customer({ givenName: 'Ada', ...sg });
  const one = await crm.segment(inSingapore, { name: 'One' });
  const two = await crm.segment({ not: { segment: one.id } }, { name: 'Two' });
  const three = await crm.segment({ all: [{ segment: two.id }] }, { name: 'Three' });
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([one.id]);
  await crm.patch(ada, { address: null });
  await crm.idle();
  expect((await crm.segmentsOf(ada)).sort()).toEqual([two.id, three.id].sort());
  const circle = await crm.change(one.id, { condition: { any: [inSingapore, { segment: three.id }] } });
  expect([circle.status, circle.body.errors]).toMatchObject([422, [{ path: 'condition' }]]);
  const itself = await crm.change(one.id, { condition: { segment: one.id } });
  expect(itself.status).toBe(422);
  const remove = (id: string) => crm.at('DELETE /v1/segments/{id}', id);
  const used = await remove(one.id);
  expect([used.status, used.body.code]).toEqual([409, 'segment.in-use']);
  expect(used.body.detail).toContain('Two');
  expect((await remove(three.id)).status).toBe(200);
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([two.id]);
  expect((await remove(three.id)).status).toBe(404);
});

test('a merged customer is judged as one, and two again after an unmerge; an erased one is in no segment', async () => {
  const crm = await marketer();
  const [ada, twin] = [await crm.customer({ givenName: 'Ada' }), await crm.customer({ givenName: 'Ada', ...sg })];
  const places = await crm.segment(inSingapore);
  const buyers = await crm.segment({ event: 'order.completed', count: { gte: 2 } });
  const picked = await crm.segment({ attribute: 'givenName', is: 'Nobody' }, { include: [twin] });
  await crm.order(ada, `A-${crm.tenant}`);
  await crm.order(twin, `B-${crm.tenant}`);
  await crm.idle();
  expect((await crm.segmentsOf(twin)).sort()).toEqual([places.id, picked.id].sort());
  expect((await crm.merge(ada, twin)).status).toBe(200);
  await crm.idle();
  expect((await crm.segmentsOf(ada)).sort()).toEqual([places.id, buyers.id, picked.id].sort());
  expect(await crm.members(places.id)).toEqual([ada]);
  expect((await crm.unmerge(ada, twin)).status).toBe(200);
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([]);
  expect((await crm.segmentsOf(twin)).sort()).toEqual([places.id, picked.id].sort());
  await crm.at('POST /v1/customers/{id}/erase', twin, { body: { reason: 'asked' } });
  await crm.idle();
  expect(await crm.members(places.id)).toEqual([]);
  expect(await crm.shown(picked.id)).toMatchObject({ size: 0 });
});

test('imported customers and behaviour that nothing else follows are heard', async () => {
  const crm = await marketer();
  const { id } = await crm.segment({
    any: [{ event: 'Test Drive Booked' }, { attribute: 'familyName', is: 'Import' }],
  });
  const ada = await crm.customer({ givenName: 'Ada', externalId: 'u-1' });
  await crm.track('u-1', 'Test Drive Booked');
  const body = { source: 'file', format: 'ndjson', mapping: { id: 'externalId', name: 'familyName' } };
  const { id: importId, uploadUrl } = crm.done(201, await crm.ask('POST /v1/imports', { body }));
  const lines = Array.from({ length: 12 }, (_, nth) => JSON.stringify({ id: `i-${nth}`, name: 'Import' }));
  await fetch(uploadUrl, { method: 'PUT', body: lines.join('\n') });
  await crm.at('POST /v1/imports/{id}/start', importId);
  await crm.idle();
  const members = await crm.members(id);
  expect(members).toHaveLength(13);
  expect(members).toContain(ada);
});

test('what can never work is refused with its path; an estimate counts before there is a segment', async () => {
  const crm = await marketer();
  const ada = await crm.customer({ givenName: 'Ada', ...sg });
  await crm.customer({ givenName: 'Ben' });
  const refused = async (body: object) => {
    const reply = await crm.ask('POST /v1/segments', { body: { name: 'S', condition: inSingapore, ...body } });
    return [reply.status, reply.body.errors?.map(({ path }: { path: string }) => path)];
  };
  const nobody = 'cus_00000000000000000000000000';
  expect(await refused({ include: [ada, nobody] })).toEqual([422, ['include.1']]);
  expect(await refused({ condition: { segment: 'seg_00000000000000000000000000' } })).toEqual([
    422,
    ['condition.segment'],
  ]);
  expect(await refused({ condition: { event: 'segment.entered' } })).toEqual([422, ['condition.event']]);
  expect(await refused({ condition: { event: 'order.compleeted' } })).toEqual([422, ['condition.event']]);
  const { warnings } = await crm.segment({ attribute: 'attributes.colour', is: 'red' });
  expect(warnings).toMatchObject([{ path: 'condition.attribute' }]);
  const estimate = await crm.ask('POST /v1/segments/estimate', { body: { condition: inSingapore } });
  expect(estimate.body).toEqual({ size: 1, exact: true });
  const agent = await crm.tokenFor(['agent']);
  expect((await crm.ask('GET /v1/segments', { token: agent })).status).toBe(403);
  const rebuild = (ids: string[]) => crm.ask('POST /v1/segments/rebuild', { body: { ids } });
  expect((await rebuild(['seg_00000000000000000000000000'])).body.errors).toMatchObject([{ path: 'ids.0' }]);
});
