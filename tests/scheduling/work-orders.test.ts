import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { type Told, world } from '../world.ts';

const ok = ({ status, body }: Told) => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

const day = '2099-12-02'; // a Wednesday
const at = (time: string) => `${day}T${time}:00.000Z`;

const field = async () => {
  const crm = slice(await world());
  const put = async (path: string, id: string, body: object) =>
    ok(await crm.ask(`PUT /v1/${path}/{id}`, { params: { id }, body }));
  await put('calendars', 'workshop', { timeZone: 'UTC', hours: { wed: [['08:00', '16:00']] } });
  await put('staff', 'tom', { name: 'Tom', skills: ['high-voltage'] });
  await put('staff', 'tia', { name: 'Tia' });
  const technicians = [{ staffId: 'tom', stock: { cable: 1 } }, { staffId: 'tia' }];
  const territory = { name: 'East', base: { lat: 1.3, lon: 103.9 }, technicians, calendarId: 'workshop' };
  await put('field-territories', 'east', territory);
  const { id: customerId } = await crm.customer();
  const order = async (more: object = {}) => {
    const body = { customerId, subject: 'Repair', territory: 'east', location: { lat: 1.31, lon: 103.91 }, ...more };
    return ok(await crm.ask('POST /v1/work-orders', { body }));
  };
  const dispatch = async (more: object = {}) =>
    ok(await crm.ask('POST /v1/dispatch', { body: { day, territory: 'east', ...more } }));
  const tell = (id: string, verb: string, body?: object) =>
    crm.ask(`POST /v1/work-orders/{id}/${verb}`, { params: { id }, ...(body ? { body } : {}) });
  const read = async (id: string) => ok(await crm.ask('GET /v1/work-orders/{id}', { params: { id } }));
  return { ...crm, put, customerId, order, dispatch, tell, read, territory };
};

const visited = (plan: { routes: { staffId: string; stops: { workOrderId: string }[] }[] }) =>
  Object.fromEntries(plan.routes.map(({ staffId, stops }) => [staffId, stops.map(stop => stop.workOrderId)]));

test('a day is planned by skills, parts and windows, booked, driven and signed for', async () => {
  const crm = await field();
  const cable = await crm.order({ skills: ['High-Voltage'], parts: [{ sku: 'cable', quantity: 1 }] });
  const early = await crm.order({
    window: { from: at('08:00'), to: at('08:30') },
    location: { lat: 1.3, lon: 103.89 },
  });
  const weld = await crm.order({ skills: ['weld'] });
  const plan = await crm.dispatch();
  expect(plan.routes.map(({ applied }: { applied: boolean }) => applied)).toEqual([false, false]);
  expect(plan.unassigned).toEqual([{ workOrderId: weld.id, reason: 'nobody has the skills weld' }]);
  expect(plan.objective).toMatchObject({ visits: 2, unassigned: 1 });
  expect((await crm.read(cable.id)).state).toBe('open');
  const booked = await crm.dispatch({ apply: true });
  expect(visited(booked)).toEqual(visited(plan));
  expect(visited(booked).tom).toContain(cable.id);
  const planned = await crm.read(cable.id);
  expect(planned).toMatchObject({ state: 'planned', visit: { staffId: 'tom' } });
  expect((await crm.read(early.id)).visit.startsAt <= at('08:30')).toBe(true);
  expect(visited(await crm.dispatch({ apply: true }))).toEqual(visited(plan));
  const driving = ok(await crm.tell(cable.id, 'on-the-way', { minutes: 20 }));
  expect(Date.parse(driving.arrivesAt) - Date.parse(driving.updatedAt)).toBe(20 * 60_000);
  ok(await crm.tell(cable.id, 'start'));
  const done = ok(await crm.tell(cable.id, 'complete', { outcome: 'works', signedBy: 'Ada Tan', minutes: 45 }));
  expect(done).toMatchObject({ state: 'done', signedBy: 'Ada Tan', partsUsed: [{ sku: 'cable', quantity: 1 }] });
  expect((await crm.tell(cable.id, 'cancel', { reason: 'x' })).body.code).toBe('work-order.closed');
});

test('a visit takes time that nobody else gets, until it is given up', async () => {
  const crm = await field();
  const one = await crm.order();
  const other = await crm.order();
  const plan = (id: string, startsAt: string, staffId = 'tia') => crm.tell(id, 'plan', { staffId, startsAt });
  ok(await plan(one.id, at('09:00')));
  expect((await plan(other.id, at('09:30'))).body.code).toBe('appointment.slot-taken');
  expect((await plan(other.id, at('09:30'), 'eve')).status).toBe(422);
  await crm.put('appointment-types', 'talk', { name: 'Talk', staff: ['tia'], calendarId: 'workshop' });
  const slots = async () => {
    const query = { typeId: 'talk', from: at('08:00'), to: at('11:00') };
    const { items } = ok(await crm.ask('GET /v1/slots', { query }));
    return items.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16));
  };
  expect(await slots()).toEqual(['08:00', '10:00']);
  const moved = ok(
    await crm.ask('PATCH /v1/work-orders/{id}', { params: { id: one.id }, body: { durationMinutes: 90 } }),
  );
  expect(moved).toMatchObject({ state: 'open', visit: null });
  expect(await slots()).toEqual(['08:00', '09:00', '10:00']);
  expect((await crm.tell(one.id, 'unplan')).body.code).toBe('work-order.not-planned');
});

test('what was planned moves for what is more urgent, and who has another booking is spared', async () => {
  const crm = await field();
  await crm.put('field-territories', 'east', { ...crm.territory, technicians: [{ staffId: 'tia' }] });
  const usual = await Promise.all(Array.from({ length: 4 }, () => crm.order({ durationMinutes: 110 })));
  await crm.dispatch({ apply: true });
  const states = async (all: { id: string }[]) => Promise.all(all.map(async ({ id }) => (await crm.read(id)).state));
  expect(await states(usual)).toEqual(['planned', 'planned', 'planned', 'planned']);
  const urgent = await crm.order({ durationMinutes: 110, priority: 'urgent' });
  const plan = await crm.dispatch({ apply: true });
  expect(plan.unassigned).toHaveLength(1);
  expect(plan.routes[0].applied).toBe(true);
  expect((await states([urgent, ...usual])).sort()).toEqual(['open', 'planned', 'planned', 'planned', 'planned']);
  expect(await states([urgent])).toEqual(['planned']);
});

test('what does not exist is refused with its place', async () => {
  const crm = await field();
  const { id } = await crm.customer();
  const body = { customerId: id, subject: 'X', territory: 'west', location: { lat: 1, lon: 200 } };
  const bad = await crm.ask('POST /v1/work-orders', { body });
  expect(bad.body.errors.map(({ path }: { path: string }) => path)).toEqual(['location.lon']);
  const none = await crm.ask('POST /v1/work-orders', { body: { ...body, location: { lat: 1, lon: 2 } } });
  expect(none.body.errors).toEqual([{ path: 'territory', message: 'the territory west does not exist' }]);
  const territory = { ...crm.territory, calendarId: 'none', technicians: [{ staffId: 'eve' }] };
  const refused = await crm.ask('PUT /v1/field-territories/{id}', { params: { id: 'x' }, body: territory });
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'calendarId',
    'technicians.0.staffId',
  ]);
  expect((await crm.ask('POST /v1/dispatch', { body: { day, territory: 'west' } })).status).toBe(422);
});
