import { describe, expect, test } from 'vitest';
import { firstTime, nextTime } from '../../functions/imports/schedules/schedule.ts';
import { plus } from '../../functions/shared/time/duration.ts';
import { type Importing, importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const nightly = {
  name: 'Dealers, nightly',
  import: { source: 'dealer list', format: 'csv', mapping: { no: 'externalId', first: 'givenName' } },
  every: 'P1D',
  at: '02:00',
  timeZone: 'Asia/Singapore',
};

const put = (url: string, body: string) => fetch(url, { method: 'PUT', body });

const schedule = async (crm: Importing, fields: object = {}) =>
  (await crm.ask('POST /v1/import-schedules', { body: { ...nightly, ...fields } })).body;

const read = async (crm: Importing, id: string) =>
  (await crm.ask('GET /v1/import-schedules/{id}', { params: { id } })).body;

const aDayOn = async (crm: Importing) => {
  await crm.advance('P1D');
  await crm.idle();
};

describe('when', () => {
  const daily = { every: 'P1D', at: '02:00', timeZone: 'Europe/Berlin' };

  test('a time of day is that of the zone, over changes of its clocks as well', () => {
    const first = firstTime('2026-03-27T12:00:00.000Z', daily);
    expect(first).toBe('2026-03-28T01:00:00.000Z');
    // clocks skip 02:00 on the 29th: it is done at the moment of the jump
    expect(nextTime(first, first, daily)).toBe('2026-03-29T01:00:00.000Z');
    expect(nextTime('2026-03-29T01:00:00.000Z', first, daily)).toBe('2026-03-30T00:00:00.000Z');
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'a schedule of %s begun on any day skips no time',
    timeZone => {
      for (const every of ['P1D', 'P1W', 'P1M'])
        for (let day = 0; day < 400; day += 1) {
          const times = { every, at: '04:00', timeZone };
          const first = firstTime(new Date(Date.UTC(2026, 0, 1 + day)).toISOString(), times);
          // just before a time, the next time is that one, however long the schedule runs
          for (const count of [1, 2, 60, 200]) {
            const at = plus(first, every.replace('1', String(count)), timeZone);
            const before = new Date(Date.parse(at) - 1).toISOString();
            expect(nextTime(before, first, times)).toBe(at);
          }
        }
    },
  );

  test('missed times are not made up for, and months keep their day', () => {
    const hourly = { every: 'PT6H', timeZone: 'UTC' };
    expect(nextTime('2026-05-01T13:00:00.000Z', '2026-01-01T00:00:00.000Z', hourly)).toBe('2026-05-01T18:00:00.000Z');
    const monthly = { every: 'P1M', at: '00:00', timeZone: 'UTC' };
    const first = '2026-01-31T00:00:00.000Z';
    expect(nextTime('2026-02-15T00:00:00.000Z', first, monthly)).toBe('2026-02-28T00:00:00.000Z');
    expect(nextTime('2026-02-28T00:00:00.000Z', first, monthly)).toBe('2026-03-31T00:00:00.000Z');
  });
});

test('a file is imported when it is due and has changed; otherwise the outcome says why not', async () => {
  const crm = importing(await world());
  const made = await schedule(crm);
  expect(made.nextRunAt).toMatch(/T18:00:00.000Z$/);
  await aDayOn(crm);
  expect((await read(crm, made.id)).lastRun).toMatchObject({ outcome: 'no-file' });

  await put(made.uploadUrl, 'no,first\n1,Ada\n2,Ben\n');
  await aDayOn(crm);
  const { lastRun, nextRunAt } = await read(crm, made.id);
  expect(lastRun).toMatchObject({ outcome: 'imported', importId: expect.stringMatching(/^imp_/) });
  expect(Date.parse(nextRunAt) - Date.parse(lastRun.at)).toBeGreaterThan(0);
  expect(await crm.report(lastRun.importId)).toMatchObject({
    state: 'done',
    source: 'dealer list',
    rows: { created: 2 },
  });

  await aDayOn(crm);
  expect((await read(crm, made.id)).lastRun).toMatchObject({ outcome: 'unchanged' });
  const { body } = await crm.ask('POST /v1/import-schedules/{id}/upload', { params: { id: made.id } });
  await put(body.uploadUrl, 'no,first\n1,Ada\n2,Benjamin\n');
  await aDayOn(crm);
  const { importId } = (await read(crm, made.id)).lastRun;
  expect((await crm.report(importId)).rows).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
});

test('a schedule can be run at once, paused, updated and deleted', async () => {
  const crm = importing(await world());
  const { id, uploadUrl } = await schedule(crm);
  await put(uploadUrl, 'no,first\n1,Ada\n');
  const ran = await crm.ask('POST /v1/import-schedules/{id}/run', { params: { id } });
  expect(ran.body.lastRun).toMatchObject({ outcome: 'imported' });
  await crm.idle();
  expect((await crm.customers()).length).toBe(1);

  const change = async (body: object) =>
    (await crm.ask('PATCH /v1/import-schedules/{id}', { params: { id }, body })).body;
  expect(await change({ state: 'paused' })).toMatchObject({ state: 'paused', nextRunAt: null });
  await put(uploadUrl, 'no,first\n1,Ada\n2,Ben\n');
  await aDayOn(crm);
  expect((await crm.customers()).length).toBe(1);
  const hourly = await change({ state: 'active', every: 'PT2H', at: null });
  expect(hourly).toMatchObject({ every: 'PT2H', state: 'active' });
  expect(hourly.at).toBeUndefined();
  await crm.advance('PT2H');
  await crm.idle();
  expect((await crm.customers()).length).toBe(2);

  expect((await crm.ask('DELETE /v1/import-schedules/{id}', { params: { id } })).status).toBe(200);
  expect((await crm.ask('GET /v1/import-schedules/{id}', { params: { id } })).status).toBe(404);
  await aDayOn(crm);
  expect((await crm.ask('GET /v1/imports')).body.items.length).toBe(2);
});

test('a file that cannot be read is a failed import, and the next file is imported again', async () => {
  const crm = importing(await world());
  const { id, uploadUrl } = await schedule(crm);
  await put(uploadUrl, 'nr,first\n1,Ada\n');
  await aDayOn(crm);
  const { lastRun } = await read(crm, id);
  expect(lastRun).toMatchObject({ outcome: 'failed', problem: expect.stringContaining('mapping.no: is not a column') });
  expect(await crm.report(lastRun.importId)).toMatchObject({ state: 'failed', problem: lastRun.problem });
  await put(uploadUrl, 'no,first\n1,Ada\n');
  await aDayOn(crm);
  expect((await read(crm, id)).lastRun).toMatchObject({ outcome: 'imported' });
});

test('invalid schedules are refused by name; one of another tenant does not exist', async () => {
  const crm = importing(await world());
  const refused = async (fields: object) => {
    const reply = await crm.ask('POST /v1/import-schedules', { body: { ...nightly, ...fields } });
    return [reply.status, reply.body.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await refused({ every: 'PT30M', timeZone: 'Mars', at: '25:00' })).toEqual([422, ['every', 'at', 'timeZone']]);
  expect(await refused({ every: 'PT6H' })).toEqual([422, ['at']]);
  expect(await refused({ import: { source: 'x', format: 'csv', dryRun: true } })).toEqual([422, ['import.dryRun']]);
  const { id } = await schedule(crm);
  const token = await crm.tokenFor(['admin'], `${crm.tenant}-other`);
  for (const key of ['GET /v1/import-schedules/{id}', 'POST /v1/import-schedules/{id}/run']) {
    expect((await crm.ask(key, { params: { id }, token })).status).toBe(404);
  }
  const analyst = await crm.tokenFor(['analyst']);
  const run = await crm.ask('POST /v1/import-schedules/{id}/run', { params: { id }, token: analyst });
  expect([run.status, run.body.code]).toEqual([403, 'scope.missing']);
  expect((await crm.ask('GET /v1/import-schedules', { token: analyst })).body.items).toMatchObject([{ id }]);
});
