import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { type Told, world } from '../world.ts';

const ok = ({ status, body }: Told) => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

/** a Monday that is more than a day ahead */
const nextMonday = (now: string) => {
  const day = new Date(Date.parse(now) + 2 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
};

const desk = async (type: object = {}) => {
  const crm = slice(await world());
  const put = async (path: string, id: string, body: object) =>
    ok(await crm.ask(`PUT /v1/${path}/{id}`, { params: { id }, body }));
  const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, [['09:00', '12:00']]]));
  await put('calendars', 'office', { timeZone: 'Asia/Singapore', hours });
  for (const id of ['sue', 'ben']) await put('staff', id, { name: id });
  await put('appointment-types', 'drive', { name: 'Test drive', staff: ['sue', 'ben'], calendarId: 'office', ...type });
  const monday = nextMonday(await crm.now());
  const at = (time: string) => new Date(`${monday}T${time}:00+08:00`).toISOString();
  const slots = async (query: object = {}, token?: string) => {
    const period = { typeId: 'drive', from: at('00:00'), to: at('23:00'), ...query };
    const mine = token ? { token } : {};
    return ok(await crm.ask(token ? 'GET /v1/me/slots' : 'GET /v1/slots', { query: period, ...mine })).items;
  };
  const { id: customerId, email } = await crm.customer();
  const book = (time: string, more: object = {}) =>
    crm.ask('POST /v1/appointments', { body: { typeId: 'drive', customerId, startsAt: at(time), ...more } });
  const tell = (id: string, verb: string, body: object = {}) =>
    crm.ask(`POST /v1/appointments/{id}/${verb}`, { params: { id }, body });
  const myToken = async () =>
    ok(await crm.ask('POST /v1/customers/{id}/tokens', { params: { id: customerId }, body: {} })).token;
  return { ...crm, put, at, slots, book, tell, customerId, email, myToken, monday };
};

const local = (items: { local: string }[]) => items.map(slot => slot.local.slice(11));

test('a slot is found, booked, moved and cancelled, and its time is free again', async () => {
  const crm = await desk({ staff: ['sue'] });
  expect(local(await crm.slots())).toEqual(['09:00', '10:00', '11:00']);
  expect(local(await crm.slots({ timeZone: 'Asia/Tokyo', limit: 1 }))).toEqual(['10:00']);
  const booked = await crm.book('10:00');
  expect(booked.status, JSON.stringify(booked.body)).toBe(201);
  expect(booked.body).toMatchObject({
    state: 'booked',
    staffId: 'sue',
    subject: 'Test drive',
    endsAt: crm.at('11:00'),
  });
  expect(booked.body.timeZone).toBe('Asia/Singapore');
  expect(local(await crm.slots())).toEqual(['09:00', '11:00']);
  expect((await crm.book('10:30')).body.code).toBe('appointment.slot-taken');
  const { id } = booked.body;
  ok(await crm.tell(id, 'reschedule', { startsAt: crm.at('09:30') }));
  expect(local(await crm.slots())).toEqual(['11:00']);
  expect(ok(await crm.tell(id, 'cancel', { reason: 'ill' }))).toMatchObject({ state: 'cancelled', reason: 'ill' });
  expect(local(await crm.slots())).toEqual(['09:00', '10:00', '11:00']);
  expect((await crm.tell(id, 'reschedule', { startsAt: crm.at('10:00') })).body.code).toBe('appointment.closed');
  const list = async (query: Record<string, string>) =>
    ok(await crm.ask('GET /v1/appointments', { query })).items.length;
  expect([await list({ customerId: crm.customerId }), await list({ staffId: 'sue', state: 'booked' })]).toEqual([1, 0]);
});

test('of many who want one slot at once as many get it as there are people for it', async () => {
  const crm = await desk();
  const replies = await Promise.all(Array.from({ length: 8 }, () => crm.book('10:00')));
  const got = replies.filter(({ status }) => status === 201);
  expect(got.map(({ body }) => body.staffId).sort()).toEqual(['ben', 'sue']);
  expect(replies.filter(({ body }) => body.code === 'appointment.slot-taken')).toHaveLength(6);
});

test('what cannot be booked is refused with its place', async () => {
  const crm = await desk();
  const faults = async (reply: Promise<Told>) => (await reply).body.errors?.map(({ path }: { path: string }) => path);
  expect(await faults(crm.book('08:00'))).toEqual(['startsAt']);
  expect(await faults(crm.book('10:00', { startsAt: '2020-01-01T00:00:00Z' }))).toEqual(['startsAt']);
  expect(await faults(crm.book('10:00', { staffId: 'eve' }))).toEqual(['staffId']);
  expect(await faults(crm.book('10:00', { typeId: 'none' }))).toEqual(['typeId']);
  const type = {
    name: 'X',
    staff: ['sue'],
    calendarId: 'none',
    reminders: [{ before: 'P1D', templateId: `tpl_${'0'.repeat(26)}` }],
  };
  const put = crm.ask('PUT /v1/appointment-types/{id}', { params: { id: 'x' }, body: type });
  expect(await faults(put)).toEqual(['calendarId', 'reminders.0.templateId']);
  const { id } = ok(await crm.book('10:00'));
  expect((await crm.tell(id, 'no-show')).body.code).toBe('appointment.ahead');
});

test('customers book within notice and horizon, and see their own only', async () => {
  const crm = await desk({ notice: 'PT1H', horizon: 'P30D' });
  const token = await crm.myToken();
  const [slot] = await crm.slots({}, token);
  expect(slot.staff).toBeUndefined();
  const book = (startsAt: string) =>
    crm.ask('POST /v1/me/appointments', { body: { typeId: 'drive', startsAt }, token });
  const { id } = ok(await book(slot.startsAt));
  expect((await book(crm.at('10:17'))).body.code).toBe('appointment.slot-taken');
  const other = ok(await crm.book('11:00', { customerId: (await crm.customer()).id }));
  const mine = ok(await crm.ask('GET /v1/me/appointments', { token })).items;
  expect(mine.map((one: { id: string }) => one.id)).toEqual([id]);
  const cancel = (of: string) =>
    crm.ask('POST /v1/me/appointments/{id}/cancel', { params: { id: of }, body: {}, token });
  expect((await cancel(other.id)).status).toBe(404);
  expect(ok(await cancel(id)).state).toBe('cancelled');
  ok(
    await crm.ask('PUT /v1/appointment-types/{id}', {
      params: { id: 'drive' },
      body: { name: 'D', staff: ['sue'], online: false },
    }),
  );
  expect((await book(crm.at('10:00'))).status).toBe(422);
});

test('reminders come at their time before it, unless it was moved or cancelled', async () => {
  const crm = await desk();
  const { id: templateId } = await crm.template({ subject: 'See you at {{ event.data.time }}' });
  const reminders = [{ before: 'P1D', templateId }];
  const type = { name: 'Test drive', staff: ['sue', 'ben'], calendarId: 'office', reminders };
  ok(await crm.ask('PUT /v1/appointment-types/{id}', { params: { id: 'drive' }, body: type }));
  const kept = ok(await crm.book('09:00'));
  const gone = ok(await crm.book('10:00'));
  const moved = ok(await crm.book('11:00'));
  ok(await crm.tell(gone.id, 'cancel'));
  ok(
    await crm.tell(moved.id, 'reschedule', {
      startsAt: new Date(Date.parse(crm.at('09:00')) + 86_400_000).toISOString(),
    }),
  );
  await crm.idle();
  await crm.advance(`PT${Math.ceil((Date.parse(crm.at('12:00')) - 86_400_000 - Date.parse(await crm.now())) / 1000)}S`);
  await crm.idle();
  expect((await crm.outbox(crm.email)).map(({ subject }) => subject)).toEqual([`See you at ${crm.monday} 09:00`]);
  await crm.advance('P1D');
  await crm.idle();
  expect(await crm.outbox(crm.email)).toHaveLength(2);
  expect(ok(await crm.tell(kept.id, 'complete', { outcome: 'liked it' }))).toMatchObject({ state: 'completed' });
});

test('other calendars take time, and calendar applications see the appointments by a link', async () => {
  const crm = await desk({ staff: ['sue'] });
  const busy = {
    source: 'outlook',
    from: crm.at('00:00'),
    to: crm.at('23:00'),
    times: [[crm.at('09:30'), crm.at('10:30')]],
  };
  const put = (body: object) => crm.ask('PUT /v1/staff/{userId}/busy', { params: { userId: 'sue' }, body });
  ok(await put(busy));
  expect(local(await crm.slots())).toEqual(['11:00']);
  ok(await put({ ...busy, times: [] }));
  const { id } = ok(await crm.book('09:00'));
  expect(local(await crm.slots())).toEqual(['10:00', '11:00']);
  const file = ok(await crm.ask('GET /v1/staff/{userId}/calendar.ics', { params: { userId: 'sue' } }));
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(file).toContain(`UID:${id}@rapport`);
  expect(file).toContain(`DTSTART:${crm.at('09:00').replace(/[-:]|\.000/g, '')}`);
  const { url } = ok(await crm.ask('POST /v1/staff/{userId}/calendar-link', { params: { userId: 'sue' } }));
  const feed = await fetch(url);
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect((await fetch(`${url}x`)).status).toBe(404);
});

test('an erasure gives the time back, a merge carries the appointment', async () => {
  const crm = await desk({ staff: ['sue'] });
  const other = await crm.customer();
  ok(await crm.book('09:00'));
  const kept = ok(await crm.book('10:00', { customerId: other.id }));
  ok(await crm.ask('POST /v1/customers/{id}/erase', { params: { id: crm.customerId }, body: { reason: 'asked' } }));
  await crm.idle();
  expect(local(await crm.slots())).toEqual(['09:00', '11:00']);
  const into = await crm.customer();
  ok(await crm.ask('POST /v1/customers/{id}/merge', { params: { id: into.id }, body: { from: other.id } }));
  await crm.idle();
  const list = ok(await crm.ask('GET /v1/appointments', { query: { customerId: into.id } })).items;
  expect(list.map((one: { id: string }) => one.id)).toEqual([kept.id]);
});
