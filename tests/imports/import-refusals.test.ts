import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Given, importing } from '../customers/importing.ts';
import { world } from '../world.ts';

const mapping = { no: 'externalId', first: 'givenName' };
const fields = { mapping };

const refusedAt = async (given: Given) => {
  const crm = importing(await world());
  const { id } = await crm.begin(given);
  const { status, body } = await crm.start(id);
  return [status, body.code, body.errors ?? body.detail];
};

test('an import is created with a description of its file; invalid fields are refused by name', async () => {
  const crm = importing(await world());
  const refused = async (body: object) => {
    const reply = await crm.ask('POST /v1/imports', { body });
    return [reply.status, reply.body.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await refused({ source: ' ', format: 'xml', country: 'Singapore', dates: 'ymd' })).toEqual([
    422,
    ['source', 'format', 'country', 'dates'],
  ]);
  expect(await refused({ source: 'x', format: 'csv', mapping: { a: 'shoeSize', b: 'address.shoe' } })).toEqual([
    422,
    ['mapping.a', 'mapping.b'],
  ]);
  expect(await refused({ source: 'x', format: 'csv', upsertBy: 'phone', colour: 'red' })).toEqual([
    422,
    ['upsertBy', 'colour'],
  ]);
});

test('an import without a file, or with one that is empty or has no columns, does not start', async () => {
  const crm = importing(await world());
  const { body } = await crm.ask('POST /v1/imports', { body: { source: 'x', format: 'csv', mapping } });
  const none = await crm.start(body.id);
  expect([none.status, none.body.code]).toEqual([409, 'import.no-file']);
  expect((await refusedAt({ file: '', fields })).slice(0, 2)).toEqual([409, 'import.empty']);
  expect((await refusedAt({ file: '\n1,Ada\n', fields })).slice(0, 2)).toEqual([422, 'request.invalid']);
  expect((await refusedAt({ file: ',,\n1,Ada\n', fields })).slice(0, 2)).toEqual([409, 'import.no-columns']);
  expect(await refusedAt({ file: 'no,no\n1,2\n', fields })).toEqual([
    409,
    'import.column-twice',
    'The file has two columns called no.',
  ]);
});

test('an import whose file cannot be read does not start, and says why', async () => {
  const wide = Array.from({ length: 60_000 }, (_, nth) => `c${nth}`).join();
  expect(await refusedAt({ file: `no,first,${wide}\n1,Ada\n`, fields })).toEqual([
    409,
    'import.no-columns',
    'The first line of the file is longer than 262144 bytes.',
  ]);
  const compressed = gzipSync('no,first\n1,Ada\n');
  const [status, code] = await refusedAt({ file: compressed, fields });
  expect([status, code]).toEqual([409, 'import.not-text']);
  const lines = { ...fields, format: 'ndjson' };
  const deep = `{"no":${'['.repeat(30)}${']'.repeat(30)}}`;
  expect(await refusedAt({ file: deep, fields: lines })).toEqual([
    409,
    'import.no-columns',
    'No line of the file can be read as a JSON object: the object is nested too deep (line 1).',
  ]);
  expect((await refusedAt({ file: `${deep.padEnd(300_000)}\n{"no":"1"}`, fields: lines }))[2]).toBe(
    'The first line of the file is longer than 262144 bytes.',
  );
});

test('a mapping names columns of the file, and at least one that identifies a row', async () => {
  expect(await refusedAt({ file: 'nr,first\n1,Ada\n', fields })).toEqual([
    422,
    'request.invalid',
    [{ path: 'mapping.no', message: 'is not a column of the file, which has nr, first' }],
  ]);
  const cannotKnow = { file: 'no,first\n1,Ada\n', fields: { ...fields, upsertBy: 'email' } };
  expect(await refusedAt(cannotKnow)).toEqual([
    422,
    'request.invalid',
    [{ path: 'mapping', message: 'no column is mapped to email, which identifies the rows' }],
  ]);
  expect((await refusedAt({ file: 'size,colour\n1,red\n' }))[2]).toEqual([
    {
      path: 'mapping',
      message: 'no column identifies the customer of a row: map one to externalId, email, phone or a name',
    },
  ]);
});

test('an import is started once, by those with the scope', async () => {
  const crm = importing(await world());
  const { id } = await crm.begin({ file: 'no,first\n1,Ada\n', fields });
  const analyst = await crm.tokenFor(['analyst']);
  const start = (token?: string) =>
    crm.ask('POST /v1/imports/{id}/start', { params: { id }, ...(token ? { token } : {}) });
  expect([(await start(analyst)).status, (await start()).status]).toEqual([403, 200]);
  const again = await start();
  expect([again.status, again.body.code]).toEqual([409, 'import.started']);
  expect((await crm.ask('GET /v1/imports/{id}', { params: { id }, token: analyst })).status).toBe(200);
});

test('an import of another tenant does not exist', async () => {
  const crm = importing(await world());
  const { id } = await crm.begin({ file: 'no,first\n1,Ada\n', fields });
  const token = await crm.tokenFor(['admin'], `${crm.tenant}-other`);
  for (const key of ['GET /v1/imports/{id}', 'POST /v1/imports/{id}/start', 'GET /v1/imports/{id}/preview']) {
    const reply = await crm.ask(key, { params: { id }, token });
    expect([reply.status, reply.body.code]).toEqual([404, 'import.not-found']);
  }
  expect((await crm.ask('GET /v1/imports', { token })).body.items).toEqual([]);
  expect((await crm.ask('GET /v1/imports')).body.items).toMatchObject([{ id, state: 'waiting', errorsUrl: null }]);
});
