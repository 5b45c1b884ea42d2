import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const names = (items: { givenName: string; familyName: string }[]) =>
  items.map(({ givenName, familyName }) => `${givenName} ${familyName}`);

const list = 'Kundennummer;Vorname;Nachname;E-Mail\r\n1;Zoë;Müller;zoe@example.com\r\n2;Jürgen;"Groß; jun.";\r\n';

test.each([
  ['UTF-8', Buffer.from(list)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${list}`)],
  ['Windows-1252', Buffer.from(list, 'latin1')],
  ['UTF-16', Buffer.from(`\ufeff${list}`, 'utf16le')],
])('the encoding and delimiter of a file in %s are detected', async (_, file) => {
  const crm = importing(await world());
  const report = await crm.bringIn({ file });
  expect(report).toMatchObject({
    rows: { read: 2, created: 2, failed: 0, withErrors: 0 },
    mapping: { Kundennummer: 'externalId', Vorname: 'givenName', Nachname: 'familyName', 'E-Mail': 'email' },
  });
  expect(names(await crm.customers())).toEqual(['Zoë Müller', 'Jürgen Groß; jun.']);
});

// curl sends the type of a form by default
test.each(['text/csv', 'application/json', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
  'a file uploaded as %s is the same file',
  async type => {
    const crm = importing(await world());
    const report = await crm.bringIn({ file: list, type });
    expect(report).toMatchObject({ rows: { read: 2, created: 2, failed: 0 } });
  },
);

test('a file that changes its encoding midway is read without loss', async () => {
  const crm = importing(await world());
  const file = Buffer.concat([
    Buffer.from('id,vorname,nachname\n1,Zoë,Tan\n'),
    Buffer.from('2,Jürgen,Groß\n', 'latin1'),
  ]);
  await crm.bringIn({ file });
  expect(names(await crm.customers())).toEqual(['Zoë Tan', 'Jürgen Groß']);
});

test('lines of JSON bring nested parts and typed attributes', async () => {
  const crm = importing(await world());
  const mapping = {
    'who.id': 'externalId',
    'who.name': 'name',
    vip: 'attributes.vip',
    spent: 'attributes.spent',
    tags: 'attributes.tags',
    'home.plz': 'address.postcode',
    'home.land': 'address.country',
  };
  const rows = [
    { who: { id: 7, name: 'Ada Tan' }, vip: true, spent: 12.5, tags: ['a'], home: { plz: '10115', land: 'Germany' } },
    '[1]',
    '{"who": {"id"',
    { who: { id: 8, name: 'Ben' }, spent: 1e300, vip: null },
  ];
  const file = rows.map(row => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  const report = await crm.bringIn({ file, fields: { format: 'ndjson', mapping } });
  expect(report.rows).toMatchObject({ read: 4, created: 2, failed: 2 });
  expect(await crm.errorsOf(report)).toEqual([
    { line: 2, column: null, value: '[1]', message: 'the line is not a JSON object' },
    { line: 3, column: null, value: '{"who": {"id"', message: 'the line is not a JSON object' },
  ]);
  expect(await crm.customers()).toMatchObject([
    {
      externalId: '7',
      attributes: { vip: true, spent: 12.5, tags: ['a'] },
      address: { postcode: '10115', country: 'DE' },
    },
    { externalId: '8', name: 'Ben', attributes: { spent: '1e+300' } },
  ]);
});

test('a number that cannot be stored exactly is read as it is written', async () => {
  const crm = importing(await world());
  const mapping = { id: 'externalId', account: 'attributes.account', ratio: 'attributes.ratio' };
  const file = '{"id":"7","account":12345678901234567890,"ratio":0.12}\n{"id":"8","account":1e400,"ratio":1E2}\n';
  await crm.bringIn({ file, fields: { format: 'ndjson', mapping } });
  expect((await crm.customers()).map(({ attributes }) => attributes)).toEqual([
    { account: '12345678901234567890', ratio: 0.12 },
    { account: '1e400', ratio: 100 },
  ]);
});

test('rows longer than a megabyte are skipped, with or without an end', async () => {
  const crm = importing(await world());
  const long = 'x'.repeat(3_000_000);
  const file = `no,first\n1,Ada\n2,${long}\n3,"${long}\n4,Di\n5,Ed\n`;
  const report = await crm.bringIn({ file, fields: { mapping: { no: 'externalId', first: 'givenName' } } });
  expect(report.rows).toMatchObject({ read: 5, created: 3, failed: 2 });
  expect((await crm.errorsOf(report)).map(({ line }) => line)).toEqual([3, 4]);
});

test('a preview shows the columns of a file, where they probably lead and how its rows are read', async () => {
  const crm = importing(await world());
  const file = 'cust no;First Name;Mobile;Colour\n1;ada;6123 4567;red\n2;Ben;none;blue\n';
  const { id } = await crm.begin({ file, fields: { country: 'SG' } });
  const { body } = await crm.ask('GET /v1/imports/{id}/preview', { params: { id } });
  expect(body).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    columns: ['cust no', 'First Name', 'Mobile', 'Colour'],
    suggestions: [
      { column: 'cust no', path: 'externalId', confidence: 0.95 },
      { column: 'First Name', path: 'givenName' },
      { column: 'Mobile', path: 'phone' },
      { column: 'Colour', path: 'attributes.Colour', confidence: 0.5 },
    ],
    rows: [
      { line: 2, profile: { externalId: '1', givenName: 'ada', phone: '+6561234567', attributes: { Colour: 'red' } } },
      { line: 3, errors: [{ line: 3, column: 'Mobile', value: 'none' }] },
    ],
  });
});

test.each([
  ['lines of an old Mac', 'no,first\r1,Ada\r2,Ben\r'],
  ['a note for spreadsheets', 'sep=;\r\nno;first\r\n1;Ada\r\n2;Ben\r\n'],
  ['texts as formulas', 'no,first\n="1",Ada\n"=""2""",Ben\n'],
  ['empty rows', 'no,first\n,\n1,Ada\n , \n2,Ben\n,\n'],
])('a file with %s is read', async (_, file) => {
  const crm = importing(await world());
  const report = await crm.bringIn({ file, fields: { mapping: { no: 'externalId', first: 'givenName' } } });
  expect(report.rows).toMatchObject({ read: 2, created: 2, failed: 0 });
  expect((await crm.customers()).map(({ externalId, givenName }) => [externalId, givenName])).toEqual([
    ['1', 'Ada'],
    ['2', 'Ben'],
  ]);
});

test('the line of an error counts a note for spreadsheets', async () => {
  const crm = importing(await world());
  const report = await crm.bringIn({ file: 'sep=;\nid;e-mail\n1;nope\n' });
  expect(await crm.errorsOf(report)).toMatchObject([{ line: 3, column: 'e-mail' }]);
});

test('what address books export goes to its fields, and the result names the columns that lead nowhere', async () => {
  const crm = importing(await world());
  const outlook = [
    'First Name,Last Name,Company,Business Phone,Mobile Phone,Business Street,Business Country/Region,E-mail Address,E-mail 2 Address,Notes,Straße',
    'Ada,Lin,Acme Ltd,+6561234567,+6561234568,1 Marina Way,Singapore,ada@example.com,lin@example.com,likes tea,x',
  ].join('\n');
  const report = await crm.bringIn({ file: outlook });
  expect(report).toMatchObject({ rows: { created: 1, withErrors: 0 }, unmapped: ['Notes'] });
  const google = [
    'Given Name,Family Name,Organization 1 - Name,E-mail 1 - Value,Phone 1 - Value,Hair',
    'Ben,Ong,Bolt,ben@example.com,+6561234569,red',
  ].join('\n');
  expect((await crm.bringIn({ file: google })).unmapped).toEqual(['Hair']);
  const companies = await crm.bringIn({ file: 'Company,Phone\nCrest,+6561234560\n' });
  expect(companies).toMatchObject({ rows: { created: 1 }, unmapped: [] });
  expect(await crm.customers()).toMatchObject([
    {
      name: 'Ada Lin',
      email: 'ada@example.com',
      phone: '+6561234567',
      address: { line1: '1 Marina Way x', country: 'SG' },
      attributes: { company: 'Acme Ltd', email2: 'lin@example.com', phone2: '+6561234568' },
    },
    { name: 'Ben Ong', email: 'ben@example.com', phone: '+6561234569', attributes: { company: 'Bolt' } },
    { name: 'Crest', phone: '+6561234560' },
  ]);
});
