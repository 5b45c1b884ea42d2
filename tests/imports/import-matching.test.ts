import { expect, test } from 'vitest';
import { idWithin, isWithin } from '../../events/ids.ts';
import { isWorthwhile } from '../../functions/imports/customers/compare-later.ts';
import { type Importing, importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const mapping = { no: 'externalId', first: 'givenName', mail: 'email' };

const bringIn = (crm: Importing, rows: string[], fields: object = {}) =>
  crm.bringIn({ file: ['no,first,mail', ...rows].join('\n'), fields: { mapping, ...fields } });

const known = async (crm: Importing, body: object) => (await crm.ask('POST /v1/customers', { body })).body;

const seen = async (crm: Importing) =>
  (await crm.customers()).map(({ externalId, givenName, email }) => [externalId, givenName, email]);

test('a row is matched by its external id, else by its e-mail address, unless its holder has another external id', async () => {
  const crm = importing(await world());
  await known(crm, { externalId: '1', givenName: 'Ada', email: 'ada@example.com' });
  await known(crm, { givenName: 'Ben', email: 'ben@example.com' });
  const report = await bringIn(crm, ['1,Adah,', '2,Benjamin,ben@example.com', '3,Cy,ada@example.com']);
  expect(report.rows).toMatchObject({ updated: 2, created: 1, withErrors: 1 });
  expect(await seen(crm)).toEqual([
    ['1', 'Adah', 'ada@example.com'],
    ['2', 'Benjamin', 'ben@example.com'],
    ['3', 'Cy', undefined],
  ]);
});

test('an import may name what identifies its rows; a row without it fails', async () => {
  const crm = importing(await world());
  await known(crm, { externalId: '1', givenName: 'Ada', email: 'ada@example.com' });
  const byMail = await bringIn(crm, ['7,Adah,ada@example.com', '8,Ben,'], { upsertBy: 'email' });
  expect(byMail.rows).toMatchObject({ updated: 1, created: 0, failed: 1 });
  expect(await crm.errorsOf(byMail)).toEqual([
    { line: 3, column: null, value: null, message: 'has no valid email, which identifies the rows' },
  ]);
  const byNumber = await bringIn(crm, ['9,Cy,ada@example.com', ',Di,di@example.com'], { upsertBy: 'externalId' });
  expect(byNumber.rows).toMatchObject({ created: 1, failed: 1, withErrors: 1 });
  expect(await seen(crm)).toEqual([
    ['7', 'Adah', 'ada@example.com'],
    ['9', 'Cy', undefined],
  ]);
});

test('an e-mail address that one row releases can be taken by another', async () => {
  const crm = importing(await world());
  await bringIn(crm, ['1,Ada,home@example.com', '2,Ben,ben@example.com']);
  const { rows } = await bringIn(crm, ['1,Ada,ada@example.com', '2,Ben,home@example.com']);
  expect(rows).toMatchObject({ updated: 2, withErrors: 0 });
  expect(await seen(crm)).toEqual([
    ['1', 'Ada', 'ada@example.com'],
    ['2', 'Ben', 'home@example.com'],
  ]);
});

test('a customer imported twice under two external ids is shown as a duplicate, also of an existing customer', async () => {
  const crm = importing(await world());
  const columns = { no: 'externalId', first: 'givenName', last: 'familyName', born: 'dateOfBirth', tel: 'phone' };
  const head = 'no,first,last,born,tel';
  const who = ['Priyanka,Balakrishnan,1984-03-07,+6561234567', 'Priyanka,Balakrishnen,1984-03-07,+6561234567'];
  await known(crm, {
    externalId: 'old',
    givenName: 'Priyanka',
    familyName: 'Balakrishnan',
    dateOfBirth: '1984-03-07',
    phone: '+6561234567',
  });
  const file = [head, ...who.map((one, nth) => `${nth},${one}`), '9,Ada,Tan,1990-01-31,'].join('\n');
  const report = await crm.bringIn({ file, fields: { mapping: columns } });
  expect(report).toMatchObject({ rows: { created: 3 }, duplicates: null });
  const { body } = await crm.ask('GET /v1/duplicates', { query: { state: 'open' } });
  expect(body.items.length).toBe(3);
});

test('events of an import are published where a trigger subscribes to them', async () => {
  const crm = importing(await world());
  const { body: template } = await crm.ask('POST /v1/templates', {
    body: { name: 'Hello', channel: 'email', subject: 'Hello', body: 'Hello {{ customer.givenName }}' },
  });
  await crm.ask('POST /v1/triggers', {
    body: {
      name: 'Welcome',
      when: { 'detail-type': ['customer.created'] },
      then: [{ send: { templateId: template.id, topic: 'service' } }],
      state: 'active',
    },
  });
  await bringIn(crm, ['1,Ada,ada@example.com']);
  await crm.idle();
  const [ada] = await crm.customers();
  const { body } = await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: ada.id } });
  expect(body.items.length).toBeGreaterThan(0);
});

test('a search through all customers is worthwhile where an import is a large part of them', () => {
  const half = { byte: 50, size: 100 };
  expect(isWorthwhile(1, half)).toBe(true);
  expect(isWorthwhile(0.05, half)).toBe(true);
  expect(isWorthwhile(0.04, half)).toBe(false);
  expect(isWorthwhile(0, half)).toBe(false);
  const importId = 'imp_01jd5e7k3m9q2r4t6v8w0x1y2z';
  expect(isWithin(idWithin('customer', importId, 123_456), importId)).toBe(true);
  expect(isWithin('cus_01jd5e7k3m9q2r4t6v8w0x1y2a', importId)).toBe(false);
});
