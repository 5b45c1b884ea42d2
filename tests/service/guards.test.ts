import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const paths = (body: { errors?: { path: string }[] }) => body.errors?.map(({ path }) => path).sort();

describe('what the desk refuses', () => {
  test('bad input names every bad field', async () => {
    const crm = desk(await world());
    const opened = await crm.ask('POST /v1/cases', {
      body: { type: 'rant', subject: ' ', priority: 'asap', mood: 'bad' },
    });
    expect(opened.status).toBe(422);
    expect(paths(opened.body)).toEqual(['mood', 'priority', 'subject', 'type']);
    const withoutCustomer = await crm.ask('POST /v1/cases', { body: { type: 'enquiry', subject: 'Hello' } });
    expect([withoutCustomer.status, paths(withoutCustomer.body)]).toEqual([422, ['customerId']]);
    const both = { customerId: (await crm.customer()).id, from: { email: 'a@b.example', name: 'A' } };
    expect((await crm.ask('POST /v1/cases', { body: { type: 'enquiry', subject: 'Hello', ...both } })).status).toBe(
      422,
    );

    const put = async (key: string, body: unknown, params = { id: 'x', userId: 'x' }) => {
      const reply = await crm.ask(key, { params, body });
      return [reply.status, paths(reply.body)];
    };
    const hours = { mon: [['09:00', '17:00']] };
    expect(await put('PUT /v1/calendars/{id}', { timeZone: 'Asia/Nowhere', hours })).toEqual([422, ['timeZone']]);
    expect(await put('PUT /v1/calendars/{id}', { timeZone: 'UTC', hours: {} })).toEqual([422, ['hours']]);
    expect(await put('PUT /v1/queues/{id}', { name: 'Q', match: { event: 'order.completed' } })).toEqual([
      422,
      ['match'],
    ]);
    expect(await put('PUT /v1/queues/{id}', { name: 'Q' }, { id: 'no spaces', userId: 'x' })).toEqual([422, ['id']]);
    expect(await put('PUT /v1/sla-policies/{id}', { name: 'P', rank: 1, firstResponse: '4h' })).toEqual([
      422,
      ['firstResponse'],
    ]);
    expect(await put('PUT /v1/sla-policies/{id}', { name: 'P', rank: 1, calendarId: 'none' })).toEqual([
      422,
      ['calendarId'],
    ]);
    expect(await put('PUT /v1/agents/{userId}', { name: 'A', capacity: -1 })).toEqual([422, ['capacity']]);
    expect(await put('PUT /v1/agents/{userId}', { name: 'A', capacity: 1, calendarId: 'none' })).toEqual([
      422,
      ['calendarId'],
    ]);
  });

  test('another tenant’s customers, cases and agents do not exist', async () => {
    const [crm, other] = [desk(await world()), desk(await world())];
    await crm.agent('ben');
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId });
    const theirs = await other.ask('POST /v1/cases', { body: { customerId, type: 'enquiry', subject: 'Hello' } });
    expect([theirs.status, theirs.body.code]).toEqual([404, 'customer.not-found']);
    expect((await other.ask('GET /v1/cases/{id}', { params: { id } })).body.code).toBe('case.not-found');
    expect((await other.tell(id, 'resolve')).status).toBe(404);
    expect((await other.ask('GET /v1/agents/{userId}', { params: { userId: 'ben' } })).body.code).toBe(
      'agent.not-found',
    );
    expect(await other.list({})).toEqual([]);
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned' });
  });

  test('who may read cases may not change them, who may work on them may not change the settings', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const { id } = await crm.open({ customerId: (await crm.customer()).id });
    const [sales, agent] = [await crm.tokenFor(['sales']), await crm.tokenFor(['agent'])];
    expect((await crm.ask('GET /v1/cases/{id}', { params: { id }, token: sales })).status).toBe(200);
    expect((await crm.ask('POST /v1/cases/{id}/resolve', { params: { id }, token: sales, body: {} })).status).toBe(403);
    const status = { params: { userId: 'ben' }, token: agent, body: { status: 'busy' } };
    expect((await crm.ask('PUT /v1/agents/{userId}/status', status)).body).toMatchObject({ status: 'busy' });
    const put = { params: { userId: 'ben' }, token: agent, body: { name: 'Ben', capacity: 9 } };
    expect((await crm.ask('PUT /v1/agents/{userId}', put)).body.code).toBe('scope.missing');
  });

  test('settings are put once and for all: the same again changes nothing, a stale version is refused', async () => {
    const crm = desk(await world());
    const body = { name: 'Workshop', match: { attribute: 'type', is: 'report' }, skills: ['Brakes'], weight: 5 };
    const put = (more: object = {}, headers = {}) =>
      crm.ask('PUT /v1/queues/{id}', { params: { id: 'workshop' }, body: { ...body, ...more }, headers });
    const created = await put();
    expect(created).toMatchObject({ status: 201, body: { id: 'workshop', skills: ['brakes'], version: 1 } });
    expect(created.headers.get('location')).toBe('/v1/queues/workshop');
    expect(await put()).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await put({ weight: 6 })).toMatchObject({ status: 200, body: { version: 2, weight: 6 } });
    expect((await put({ weight: 7 }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await crm.ask('GET /v1/queues')).body.items).toMatchObject([{ id: 'workshop', weight: 6 }]);

    await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT1H' });
    expect((await crm.ask('DELETE /v1/sla-policies/{id}', { params: { id: 'all' } })).status).toBe(200);
    expect((await crm.ask('GET /v1/sla-policies/{id}', { params: { id: 'all' } })).body.code).toBe(
      'sla-policy.not-found',
    );
    await crm.calendar('late', { timeZone: 'UTC', hours: { mon: [['09:00', '17:00']] } });
    expect((await crm.ask('GET /v1/calendars/{id}', { params: { id: 'late' } })).body).toMatchObject({ holidays: [] });
    await crm.agent('ben', { team: 'workshop' });
    expect((await crm.ask('GET /v1/agents')).body.items).toMatchObject([{ id: 'ben', load: 0, status: 'available' }]);
  });
});
