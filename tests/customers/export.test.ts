import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Line = Record<string, never> & { kind?: string; pk?: string; doc?: { email?: string } };

const copied = async (crm: World, body: object = {}) => {
  const asked = await crm.ask('POST /v1/exports', { body });
  expect(asked.status).toBe(201);
  await crm.idle();
  const told = await crm.ask('GET /v1/exports/{id}', { params: { id: asked.body.id } });
  expect(told.body.state).toBe('done');
  const text = await (await fetch(told.body.url)).text();
  return {
    ...told.body,
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  };
};

test('a copy holds everything that is kept for the company, what each kind of record says, and an end', async () => {
  const crm = await world();
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email: 'ada@example.com' } });
  await crm.ask('POST /v1/cases', {
    body: { customerId: ada.id, subject: 'Rattle', type: 'report', channel: 'email' },
  });
  const copy = await copied(crm, { why: 'backup' });
  const [heading, ...rest] = copy.lines as Line[];
  expect(heading).toMatchObject({ rapport: 1, tenant: crm.tenant, kinds: { customer: { schema: 1 } } });
  expect(rest.at(-1)).toEqual({ end: true, items: copy.items, files: 0 });
  expect(copy).toMatchObject({ why: 'backup', items: rest.length - 1, bytes: Buffer.byteLength(copy.text) });
  const kinds = new Set(rest.map(({ kind }) => kind));
  for (const kind of ['customer', 'case', 'event', 'claim', 'entry']) expect(kinds).toContain(kind);
  expect(rest.find(({ kind }) => kind === 'customer')?.doc?.email).toBe('ada@example.com');
  expect(copy.text).not.toContain(`"pk":"${crm.tenant}#`);
});

test('a copy holds nothing of another company', async () => {
  const [mine, other] = [await world(), await world()];
  await other.ask('POST /v1/customers', { body: { givenName: 'Eve', email: 'eve@elsewhere.example' } });
  await mine.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const copy = await copied(mine);
  expect(copy.text).not.toContain('eve@elsewhere.example');
  const { status } = await other.ask('GET /v1/exports/{id}', { params: { id: copy.id } });
  expect(status).toBe(404);
});

test('only who administers settings takes a copy; a job that is none is not there', async () => {
  const crm = await world();
  const token = await crm.tokenFor(['marketer']);
  expect((await crm.ask('POST /v1/exports', { body: {}, token })).body.code).toBe('scope.missing');
  const told = await crm.ask('GET /v1/exports/{id}', { params: { id: 'exp_01jd5e7k3m9q2r4t6v8w0x1y2z' } });
  expect([told.status, told.body.code]).toEqual([404, 'export.not-found']);
  const bad = await crm.ask('POST /v1/exports', { body: { why: '', all: true } });
  expect(bad.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['all', 'why']);
});
