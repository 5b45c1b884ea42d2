import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { type Given, importing } from './importing.ts';

const mapping = { no: 'externalId', first: 'givenName' };
const fields = { mapping };

const refusedAt = async (given: Given) => {
  const crm = importing(await world());
  const { id } = await crm.begin(given);
  const { status, body } = await crm.start(id);
  return [status, body.code, body.errors ?? body.detail];
};

test('an import is begun with what its file is; what cannot be is refused by name', async () => {
  const crm = importing(await world());
  const refused = async (body: object) => {
    const told = await crm.ask('POST /v1/imports', { body });
    return [told.status, told.body.errors?.map(({ path }: { path: string }) => path)];
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

test('a file that is not there, is empty, or has no columns of its own is not started', async () => {
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
    'the file has two columns called no',
  ]);
});

test('a file whose beginning cannot be read is not started, and it is said why', async () => {
  const wide = Array.from({ length: 60_000 }, (_, nth) => `c${nth}`).join();
  expect(await refusedAt({ file: `no,first,${wide}\n1,Ada\n`, fields })).toEqual([
    409,
    'import.no-columns',
    'the first line of the file is longer than 262144 bytes',
  ]);
  expect((await refusedAt({ file: 'sep=;\nno;first\n1;Ada\n', fields })).slice(0, 2)).toEqual([
    409,
    'import.no-columns',
  ]);
  const compressed = gzipSync('no,first\n1,Ada\n');
  const [status, code] = await refusedAt({ file: compressed, fields });
  expect([status, code]).toEqual([409, 'import.not-text']);
  expect((await refusedAt({ file: 'no,first\r1,Ada\r2,Ben\r', fields })).slice(0, 2)).toEqual([
    409,
    'import.line-ends',
  ]);
  const lines = { ...fields, format: 'ndjson' };
  const deep = `{"no":${'['.repeat(30)}${']'.repeat(30)}}`;
  expect(await refusedAt({ file: deep, fields: lines })).toEqual([
    409,
    'import.no-columns',
    'no line of the file can be read as a JSON object: the object is nested too deep (line 1)',
  ]);
  expect((await refusedAt({ file: `${deep.padEnd(300_000)}\n{"no":"1"}`, fields: lines }))[2]).toBe(
    'the first line of the file is longer than 262144 bytes',
  );
});

test('a mapping names columns that the file has, and something to know a row by', async () => {
  expect(await refusedAt({ file: 'nr,first\n1,Ada\n', fields })).toEqual([
    422,
    'request.invalid',
    [{ path: 'mapping.no', message: 'is not a column of the file, which has nr, first' }],
  ]);
  const cannotKnow = { file: 'no,first\n1,Ada\n', fields: { ...fields, upsertBy: 'email' } };
  expect(await refusedAt(cannotKnow)).toEqual([
    422,
    'request.invalid',
    [{ path: 'mapping', message: 'no column leads to email, which rows are to be known by' }],
  ]);
  expect((await refusedAt({ file: 'size,colour\n1,red\n' }))[2]).toEqual([
    { path: 'mapping', message: 'no column says who a row is about' },
  ]);
});

test('an import is started once, and by those who may', async () => {
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

test('another tenant’s import is not there, and a job that is no import is none', async () => {
  const crm = importing(await world());
  const { id } = await crm.begin({ file: 'no,first\n1,Ada\n', fields });
  const token = await crm.tokenFor(['admin'], `${crm.tenant}-other`);
  for (const key of ['GET /v1/imports/{id}', 'POST /v1/imports/{id}/start', 'GET /v1/imports/{id}/preview']) {
    const told = await crm.ask(key, { params: { id }, token });
    expect([told.status, told.body.code]).toEqual([404, 'import.not-found']);
  }
  expect((await crm.ask('GET /v1/imports', { token })).body.items).toEqual([]);
  expect((await crm.ask('GET /v1/imports')).body.items).toMatchObject([{ id, state: 'waiting', errorsUrl: null }]);
});
