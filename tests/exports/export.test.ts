import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Line = { kind?: string; pk?: string; doc?: { email?: string } };
type Copy = { id: string; items: number; text: string; lines: Line[] };

const copied = async (crm: World, body: object = {}): Promise<Copy> => {
  const created = await crm.ask('POST /v1/exports', { body });
  expect(created.status).toBe(201);
  await crm.idle();
  const reply = await crm.ask('GET /v1/exports/{id}', { params: { id: created.body.id } });
  expect(reply.body.state).toBe('done');
  const text = await (await fetch(reply.body.url)).text();
  return {
    ...reply.body,
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line)),
  };
};

test('a copy contains everything stored for the company, a heading with the kinds of records, and an end', async () => {
  const crm = await world();
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email: 'ada@example.com' } });
  await crm.ask('POST /v1/cases', {
    body: { customerId: ada.id, subject: 'Rattle', type: 'report', channel: 'email' },
  });
  const copy = await copied(crm, { why: 'backup' });
  const [heading, ...rest] = copy.lines;
  expect(heading).toMatchObject({ rapport: 1, tenant: crm.tenant, kinds: { customer: { schema: 1 } } });
  expect(rest.at(-1)).toEqual({ end: true, items: copy.items, files: 0 });
  expect(copy).toMatchObject({ why: 'backup', items: rest.length - 1, bytes: Buffer.byteLength(copy.text) });
  const kinds = new Set(rest.map(({ kind }) => kind));
  for (const kind of ['customer', 'case', 'event', 'claim', 'entry']) expect(kinds).toContain(kind);
  expect(rest.find(({ kind }) => kind === 'customer')?.doc?.email).toBe('ada@example.com');
  expect(copy.text).not.toContain(`"pk":"${crm.tenant}#`);
});

test('a copy contains nothing of another company', async () => {
  const [own, other] = [await world(), await world()];
  await other.ask('POST /v1/customers', { body: { givenName: 'Eve', email: 'eve@elsewhere.example' } });
  await own.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const copy = await copied(own);
  expect(copy.text).not.toContain('eve@elsewhere.example');
  const { status } = await other.ask('GET /v1/exports/{id}', { params: { id: copy.id } });
  expect(status).toBe(404);
});

test('only administrators make a copy; another job is not an export', async () => {
  const crm = await world();
  const token = await crm.tokenFor(['marketer']);
  expect((await crm.ask('POST /v1/exports', { body: {}, token })).body.code).toBe('scope.missing');
  const reply = await crm.ask('GET /v1/exports/{id}', { params: { id: 'exp_01jd5e7k3m9q2r4t6v8w0x1y2z' } });
  expect([reply.status, reply.body.code]).toEqual([404, 'export.not-found']);
  const bad = await crm.ask('POST /v1/exports', { body: { why: '', all: true } });
  expect(bad.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['all', 'why']);
});

/** a line with its names in order: the store keeps none */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );

/** restores a copy in a company */
const restored = async (crm: World, text: string, fields: object = {}) => {
  const made = await crm.ask('POST /v1/imports', { body: { source: 'copy', format: 'rapport', ...fields } });
  expect(made.status).toBe(201);
  expect((await fetch(made.body.uploadUrl, { method: 'PUT', body: text })).status).toBe(200);
  const { id } = made.body;
  const started = await crm.ask('POST /v1/imports/{id}/start', { params: { id } });
  if (started.status !== 200) return started;
  await crm.idle();
  return crm.ask('GET /v1/imports/{id}', { params: { id } });
};

/** a company with a bit of everything */
const furnished = async () => {
  const crm = await world();
  const ada = {
    givenName: 'Ada',
    familyName: 'Tan',
    email: `ada@${crm.tenant}.example`,
    externalId: 'a-1',
    attributes: { plan: 'gold' },
  };
  const { body: customer } = await crm.ask('POST /v1/customers', { body: ada });
  const { body: twin } = await crm.ask('POST /v1/customers', {
    body: { givenName: 'Ada', familyName: 'Tan', phone: '+6561234567' },
  });
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id: customer.id, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: 'form', proof: { form: 7 } },
  });
  const { body: list } = await crm.ask('POST /v1/lists', {
    body: { name: 'Fleet', kind: 'static', sharedWith: ['all'] },
  });
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: list.id, customerId: customer.id } });
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: customer.id }, body: { from: twin.id } });
  const { body: found } = await crm.ask('POST /v1/cases', {
    body: { customerId: customer.id, subject: 'Rattle', description: 'at 80 km/h', type: 'report', channel: 'email' },
  });
  await crm.idle();
  return { crm, customer, twin, list, found };
};

test('a copy restored in an empty company gives the same state, and publishes nothing a second time', async () => {
  const { crm, customer, twin, list, found } = await furnished();
  const copy = await copied(crm);
  const other = await world();
  const reply = await restored(other, copy.text);
  expect(reply.body).toMatchObject({
    state: 'done',
    rows: { read: copy.lines.length, created: copy.items, failed: 0 },
  });

  const again = await copied(other);
  // jobs that were running have continued
  const linesOf = ({ lines }: Copy, tenant: string) =>
    lines
      .slice(1, -1)
      .filter(({ kind }) => kind !== 'job')
      .map(line => ordered(line).replace(`"tenant":"${tenant}"`, ''));
  const here = new Set(linesOf(again, other.tenant));
  expect(linesOf(copy, crm.tenant).filter(line => !here.has(line)).length).toBe(0);

  const read = (from: World, key: string, id: string) => from.ask(key, { params: { id } });
  const [before, after] = await Promise.all(
    [crm, other].map(from => read(from, 'GET /v1/customers/{id}/view', customer.id)),
  );
  expect({ ...after?.body, freshness: null }).toEqual({ ...before?.body, freshness: null });
  expect((await read(other, 'GET /v1/customers/{id}', twin.id)).status).toBe(301);
  expect((await other.ask('GET /v1/customers', { query: { q: 'tan' } })).body.items).toMatchObject([
    { id: customer.id },
  ]);
  const taken = await other.ask('POST /v1/customers', { body: { givenName: 'Eve', email: customer.email } });
  expect([taken.status, taken.body.code]).toEqual([409, 'customer.email-taken']);
  expect((await read(other, 'GET /v1/lists/{id}/members', list.id)).body.items).toMatchObject([{ id: customer.id }]);
  expect((await read(other, 'GET /v1/cases/{id}', found.id)).body.number).toBe(found.number);
  expect((await other.ask('GET /v1/messages', { query: { customerId: customer.id } })).body.items).toHaveLength(1);
  expect(await crm.outbox(customer.email)).toHaveLength(1);
  const unmerged = await other.ask('POST /v1/customers/{id}/unmerge', {
    params: { id: customer.id },
    body: { from: twin.id },
  });
  expect(unmerged.status).toBe(200);
  expect((await read(other, 'GET /v1/customers/{id}', twin.id)).body.phone).toBe('+6561234567');
});

test('a file that is not a complete copy is refused before anything is written', async () => {
  const crm = await world();
  await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const { text, lines } = await copied(crm);
  const other = await world();
  const cut = await restored(other, text.slice(0, -20));
  expect([cut.status, cut.body.code]).toEqual([409, 'import.cut-off']);
  const csv = await restored(other, 'name,email\nAda,ada@example.com\n');
  expect([csv.status, csv.body.code]).toEqual([409, 'import.not-a-copy']);
  const newer = text.replace('"schema":1', '"schema":9');
  expect((await restored(other, newer)).body.code).toBe('import.newer');
  const mapped = await other.ask('POST /v1/imports', {
    body: { source: 'x', format: 'rapport', mapping: { a: 'email' } },
  });
  expect(mapped.body.errors).toMatchObject([{ path: 'mapping' }]);
  const { body: tried } = await restored(other, text, { dryRun: true });
  expect(tried).toMatchObject({ state: 'done', rows: { read: lines.length } });
  expect((await other.ask('GET /v1/customers')).body.items).toEqual([]);
  expect((await restored(other, text)).body.state).toBe('done');
  const twice = await restored(other, text);
  expect([twice.status, twice.body.code]).toEqual([409, 'import.not-empty']);
});

test('a line that cannot be read is reported, and affects no other', async () => {
  const crm = await world();
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const { text } = await copied(crm);
  const lines = text.split('\n');
  const broken = [lines[0], '{"pk":"x"', '{"pk":"nowhere","sk":"~"}', ...lines.slice(1)].join('\n');
  const other = await world();
  const { body } = await restored(other, broken);
  expect(body).toMatchObject({ state: 'done', rows: { failed: 2 } });
  const errors = (await (await fetch(body.errorsUrl)).text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(errors.map(({ line }) => line)).toEqual([2, 3]);
  expect((await other.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).status).toBe(200);
});

test('only administrators restore a copy', async () => {
  const crm = await world();
  const { text } = await copied(crm);
  const other = await world();
  const token = await other.tokenFor(['sales']);
  const made = await other.ask('POST /v1/imports', { body: { source: 'copy', format: 'rapport' }, token });
  await fetch(made.body.uploadUrl, { method: 'PUT', body: text });
  const started = await other.ask('POST /v1/imports/{id}/start', { params: { id: made.body.id }, token });
  expect([started.status, started.body.code]).toEqual([403, 'scope.missing']);
});

test('a crafted copy reaches no file and no item of another company', async () => {
  const [victim, thief] = [await world(), await world()];
  const { body: document } = await victim.ask('POST /v1/documents', { body: { name: 'Contract', type: 'text/plain' } });
  await fetch(document.uploadUrl, { method: 'PUT', body: 'theirs' });
  const { text } = await copied(thief);
  const [heading = '', ...rest] = text.trimEnd().split('\n');
  const id = document.id.replace('doc_', '');
  const leads = [`../${victim.tenant}/documents/doc_${id}/1`, `documents/../../${victim.tenant}/documents/doc_${id}/1`];
  const others = ['', '.', '..', '/', './x', 'documents//1', `documents/doc_${id}/..`, `documents/doc_${id}/1\n`];
  const base64 = Buffer.from('mine').toString('base64');
  const pieces = [...leads, ...others].map(file => ({ file, from: 0, size: 4, base64 }));
  const made = {
    id: document.id,
    name: 'x',
    type: 'text/plain',
    visibleToCustomer: false,
    version: 1,
    customerId: undefined,
  };
  const stamps = { createdAt: document.createdAt, updatedAt: document.updatedAt };
  const version = { nth: 1, at: document.createdAt, by: 'x' };
  const records = leads.map((path, nth) => ({
    pk: `document#doc_${id.slice(0, -1)}${nth}`,
    sk: '~',
    kind: 'document',
    schema: 1,
    doc: { ...made, ...stamps, id: `doc_${id.slice(0, -1)}${nth}`, versions: [{ ...version, path }] },
  }));
  const outbox = [
    {
      pk: 'log#x',
      sk: '@2026-01-01T00:00:00.000Z#evt_1',
      kind: 'event',
      publish: true,
      source: 'rapport.x',
      type: 'x',
    },
    { pk: 'timer#x', sk: '~', kind: 'timer', dueAt: '2026-01-01T00:00:00.000Z', source: 'aws.s3', type: 'x', doc: {} },
    { pk: `job#${'é'.repeat(1000)}`, sk: '~', kind: 'job', doc: {} },
    { pk: 'job#x', sk: '~', gsi2pk: 'job.all#all#0', gsi2sk: 7, kind: 'job', doc: {} },
  ];
  const crafted = [...pieces, ...records, ...outbox].map(line => JSON.stringify(line));
  const { body } = await restored(thief, [heading, ...crafted, ...rest].join('\n'));
  expect(body).toMatchObject({ state: 'done', rows: { failed: crafted.length } });
  for (const { doc } of records) {
    expect((await thief.ask('GET /v1/documents/{id}', { params: { id: doc.id } })).status).toBe(404);
  }
  const read = await victim.ask('GET /v1/documents/{id}', { params: { id: document.id } });
  expect(await (await fetch(read.body.downloadUrl)).text()).toBe('theirs');
});

test('a copy holds no key of links, is restored without one, and knows who was erased', async () => {
  const crm = await world();
  const email = `eve@${crm.tenant}.example`;
  const { body: eve } = await crm.ask('POST /v1/customers', { body: { givenName: 'Eve', email, externalId: 'e-1' } });
  const issued = await crm.ask('POST /v1/customers/{id}/tokens', { params: { id: eve.id }, body: { minutes: 60 } });
  expect(issued.status).toBe(201);
  await crm.ask('POST /v1/customers/{id}/erase', { params: { id: eve.id }, body: { reason: 'request' } });
  await crm.idle();
  const copy = await copied(crm);
  expect(copy.lines.filter(({ kind }) => kind === 'link-secret')).toEqual([]);
  const key = { id: 'k1', secret: 'x', createdAt: '2026-01-01T00:00:00.000Z' };
  const planted = { pk: 'settings#link-secret', sk: '~', kind: 'link-secret', schema: 2, doc: { keys: [key] } };
  const [heading = '', ...rest] = copy.text.split('\n');
  const other = await world();
  const { body } = await restored(other, [heading, JSON.stringify(planted), ...rest].join('\n'));
  expect(body).toMatchObject({ state: 'done', rows: { failed: 0 } });
  const again = await copied(other);
  expect(again.text).not.toContain('"secret":"x"');
  const keyOf = ({ lines }: Copy) => lines.find(({ kind }) => kind === 'erased-identity-key')?.doc;
  expect(keyOf(copy)).toBeDefined();
  expect(keyOf(again)).toEqual(keyOf(copy));
});
