import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const mapping = { no: 'externalId', first: 'givenName', last: 'familyName', mail: 'email' };
const withPhone = { ...mapping, tel: 'phone' };

const list = [
  'no,first,last,mail,tel',
  '1,Ada,Tan,ada@example.com,6123 4567',
  '2,ben,LIM,ben@example.com,+65 6123 4568',
  ',Cy,Ong,cy@example.com,',
  ',Di,Goh,,6123 4569',
].join('\n');

const fields = { mapping: withPhone, country: 'SG' };

test('the rows of a file become customers, each with the import on its timeline', async () => {
  const crm = importing(await world());
  const report = await crm.bringIn({ file: list, fields });
  expect(report).toMatchObject({
    state: 'done',
    rows: { read: 4, created: 4, updated: 0, unchanged: 0, failed: 0, withErrors: 0 },
    errorsUrl: null,
    problem: null,
    progress: { bytes: list.length, size: list.length },
  });
  const found = await crm.customers();
  expect(found).toMatchObject([
    { externalId: '1', givenName: 'Ada', familyName: 'Tan', email: 'ada@example.com', phone: '+6561234567' },
    { externalId: '2', givenName: 'ben', familyName: 'LIM', phone: '+6561234568' },
    { givenName: 'Cy', email: 'cy@example.com' },
    { givenName: 'Di', phone: '+6561234569' },
  ]);
  expect(await crm.timeline(found[0].id)).toMatchObject([
    { type: 'customer.created', data: { kind: 'person', source: 'import:sales list' } },
  ]);
});

test('the same file again changes nothing; a corrected one changes what was corrected', async () => {
  const crm = importing(await world());
  await crm.bringIn({ file: list, fields });
  const again = await crm.bringIn({ file: list, fields });
  expect(again.rows).toMatchObject({ read: 4, created: 0, updated: 0, unchanged: 4, failed: 0 });
  expect((await crm.customers()).map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  await crm.advance('P8D');
  const muchLater = await crm.bringIn({ file: list, fields });
  expect(muchLater.rows).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
  const corrected = await crm.bringIn({ file: list.replace('LIM', 'Lin').replace('Ong', 'Ang'), fields });
  expect(corrected.rows).toMatchObject({ created: 0, updated: 2, unchanged: 2 });
  expect((await crm.customers()).map(({ familyName }) => familyName)).toEqual(['Tan', 'Lin', 'Ang', 'Goh']);
});

test('an invalid value is left out, an empty row fails, a broken line costs itself: each is reported by line and column', async () => {
  const crm = importing(await world());
  const file = [
    'no,first,last,mail,tel,born',
    '1,Ada,Tan,ada at example.com,12,31/02/1990',
    '2,Ben,"Lim, Jr",ben@example.com,61234568,1990-01-31',
    ',,,none,,',
    '4,"Di,Goh,,,',
    '5,Ed,Ng,,,,,extra',
    '6,Flo,"two',
    'lines",,,',
    '7,Gus,Ho,BEN@example.com,,',
  ].join('\r\n');
  const report = await crm.bringIn({ file, fields: { ...fields, mapping: { ...withPhone, born: 'dateOfBirth' } } });
  expect(report.rows).toEqual({ read: 7, created: 4, updated: 0, unchanged: 0, failed: 3, withErrors: 2 });
  expect(await crm.errorsOf(report)).toEqual([
    { line: 2, column: 'tel', value: '12', message: 'is not a valid phone number in SG' },
    { line: 2, column: 'born', value: '31/02/1990', message: 'is not a date' },
    { line: 2, column: 'mail', value: 'ada at example.com', message: 'is not an e-mail address' },
    { line: 4, column: 'mail', value: 'none', message: 'is not an e-mail address' },
    {
      line: 4,
      column: null,
      value: null,
      message: 'a customer needs at least one of name, givenName, familyName, email, phone, externalId',
    },
    { line: 5, column: null, value: '4,"Di,Goh,,,', message: 'a quotation that begins here does not end' },
    { line: 6, column: null, value: '5,Ed,Ng,,,,,extra', message: 'the row has 8 cells, and the file 6 columns' },
    { line: 9, column: 'mail', value: 'BEN@example.com', message: 'belongs to another customer' },
  ]);
  expect(report.errors).toContainEqual({ column: 'mail', message: 'is not an e-mail address', rows: 2 });
  expect((await crm.customers()).map(({ externalId, familyName }) => [externalId, familyName])).toEqual([
    ['1', 'Tan'],
    ['2', 'Lim, Jr'],
    ['6', 'two lines'],
    ['7', 'Ho'],
  ]);
});

test('numbers that a spreadsheet has shortened are not used as external ids', async () => {
  const crm = importing(await world());
  const file = 'no,first,mail\n1.23457E+11,Ada,ada@example.com\n1.23457E+11,Ben,ben@example.com\n"1,2E+10",Di,\n';
  const report = await crm.bringIn({
    file,
    fields: { mapping: { no: 'externalId', first: 'givenName', mail: 'email' } },
  });
  expect(report.rows).toMatchObject({ read: 3, created: 3, withErrors: 3 });
  expect((await crm.errorsOf(report))[0]).toEqual({
    line: 2,
    column: 'no',
    value: '1.23457E+11',
    message: 'was shortened by a spreadsheet: export it as text',
  });
  expect((await crm.customers()).map(({ externalId }) => externalId)).toEqual([undefined, undefined, undefined]);
});

test('a dry run reports the same as the import, errors included, and writes nothing', async () => {
  const crm = importing(await world());
  await crm.ask('POST /v1/customers', { body: { externalId: '3', givenName: 'Cy', email: 'cy@example.com' } });
  const rows = Array.from({ length: 260 }, (_, nth) => `${nth % 210},P${nth},Tan,p${nth % 205}@example.com,`);
  const file = ['no,first,last,mail,tel', ...rows, '7,,,,n/a'].join('\n');
  const dry = await crm.bringIn({ file, fields: { ...fields, dryRun: true } });
  expect((await crm.customers()).length).toBe(1);
  const real = await crm.bringIn({ file, fields });
  expect(dry.rows).toEqual(real.rows);
  expect(real.rows).toEqual({ read: 261, created: 209, updated: 51, unchanged: 1, failed: 0, withErrors: 56 });
  expect(dry.errors).toEqual(real.errors);
  expect(await crm.errorsOf(dry)).toEqual(await crm.errorsOf(real));
});

test('names and addresses in one case do not replace the same in mixed case', async () => {
  const crm = importing(await world());
  const body = { externalId: '1', givenName: 'J.P.', familyName: 'McDonald', address: { locality: 'Den Haag' } };
  await crm.ask('POST /v1/customers', { body });
  const rows = ['1,j.p.,MCDONALD,DEN HAAG', '2,J.P.,LIM,', '2,J.P.,Lim,', '2,J.P.,LIM,'];
  const capitals = await crm.bringIn({
    file: ['no,first,last,city', ...rows].join('\n'),
    fields: { mapping: { no: 'externalId', first: 'givenName', last: 'familyName', city: 'address.locality' } },
  });
  expect(capitals.rows).toMatchObject({ created: 1, updated: 1, unchanged: 2, failed: 0 });
  expect(await crm.customers()).toMatchObject([
    { ...body, version: 1 },
    { givenName: 'J.P.', familyName: 'Lim' },
  ]);
});

test('rows of one customer count in the order of the file', async () => {
  const crm = importing(await world());
  const file = 'no,first,last,mail\n1,Ada,,\n1,,Tan,\n1,,,ada@example.com\n,Adah,,ada@example.com\n1,Ada,,\n';
  const { rows } = await crm.bringIn({ file, fields: { mapping } });
  expect(rows).toMatchObject({ read: 5, created: 1, updated: 4 });
  const [ada] = await crm.customers();
  expect(ada).toMatchObject({ givenName: 'Ada', familyName: 'Tan', email: 'ada@example.com', version: 5 });
  const types = (await crm.timeline(ada.id)).map(({ type }) => type);
  expect(types).toEqual([...Array(4).fill('customer.updated'), 'customer.created']);
});
