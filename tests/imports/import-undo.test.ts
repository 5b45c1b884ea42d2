import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { world } from '../world.ts';

type Body = Record<string, unknown>;

const undoing = async () => {
  const crm = importing(await world());
  const at = (key: string, id: string, body?: Body) => crm.ask(key, { params: { id }, ...(body ? { body } : {}) });
  return {
    ...crm,
    at,
    read: (id: string) => at('GET /v1/customers/{id}', id),
    patch: (id: string, body: Body) => at('PATCH /v1/customers/{id}', id, body),
    byExternalId: async (externalId: string): Promise<Body | undefined> =>
      (await crm.ask('GET /v1/customers', { query: { externalId } })).body.items[0],
    cancel: (id: string) => at('POST /v1/jobs/{id}/cancel', id),
    undo: async (id: string) => {
      const reply = await at('POST /v1/imports/{id}/undo', id, { why: 'the wrong file' });
      await crm.idle();
      return reply;
    },
  };
};

test('an undone import leaves nothing of what it created, and what it changed goes back, but for what changed since', async () => {
  const crm = await undoing();
  await crm.ask('POST /v1/customers', { body: { externalId: 'k-1', givenName: 'Ada', attributes: { plan: 'basic' } } });
  await crm.ask('POST /v1/customers', { body: { externalId: 'k-2', givenName: 'Bo', attributes: { plan: 'basic' } } });
  const file = [
    'externalId,givenName,email,plan',
    'k-1,Adah,ada@example.com,gold',
    'k-2,Bob,bo@example.com,gold',
    'n-1,New,new@example.com,gold',
    'n-2,Used,used@example.com,gold',
    'n-3,Touched,touched@example.com,gold',
    'k-1,Ada Maria,ada@example.com,gold',
    'n-1,Newer,new@example.com,silver',
    ',Keyless,,gold',
  ].join('\n');
  const mapping = { externalId: 'externalId', givenName: 'givenName', email: 'email', plan: 'attributes.plan' };
  const done = await crm.bringIn({ file, fields: { mapping } });
  expect(done).toMatchObject({ state: 'done', undo: null, rows: { read: 8, failed: 0 } });
  const idOf = async (externalId: string) => String((await crm.byExternalId(externalId))?.id);
  const [first, second, used, touched] = await Promise.all(['k-1', 'k-2', 'n-2', 'n-3'].map(idOf));
  await crm.patch(second!, { attributes: { plan: 'silver' } });
  await crm.patch(touched!, { givenName: 'Touched again' });
  const price = { amount: 5, currency: 'SGD' };
  const lines = [{ sku: 'V', name: 'V', quantity: 1, price }];
  await crm.ask('POST /v1/orders', { body: { customerId: used, number: 'A-1', lines, total: price } });

  expect((await crm.undo(done.id)).status).toBe(202);
  const report = await crm.report(done.id);
  expect(report.undo).toMatchObject({ state: 'done', removed: 2, left: 2 });
  const rows = await crm.errorsOf({ errorsUrl: report.undo.reportUrl });
  expect(rows).toContainEqual(expect.objectContaining({ line: 5, customerId: used, did: 'left' }));
  expect(rows.find(one => one.customerId === second)).toMatchObject({
    did: 'restored',
    left: [{ attribute: 'attributes.plan' }],
  });

  expect((await crm.read(first!)).body).toMatchObject({ givenName: 'Ada', attributes: { plan: 'basic' } });
  expect((await crm.read(first!)).body).not.toHaveProperty('email');
  expect((await crm.read(second!)).body).toMatchObject({ givenName: 'Bo', attributes: { plan: 'silver' } });
  expect(await crm.byExternalId('n-1')).toBeUndefined();
  expect((await crm.customers()).map(({ givenName }) => givenName).sort()).toEqual([
    'Ada',
    'Bo',
    'Touched again',
    'Used',
  ]);

  const again = await crm.undo(done.id);
  expect([again.status, again.body.code]).toEqual([409, 'import.undone']);
  const repeated = await crm.bringIn({ file, fields: { mapping } });
  expect(repeated.rows).toMatchObject({ created: 2, failed: 0 });
});

test('what wrote nothing and what is not of customers cannot be undone', async () => {
  const crm = await undoing();
  const { id } = await crm.begin({ file: 'externalId,givenName\nx-1,Ada\n' });
  const refused = async (of = id) => (await crm.at('POST /v1/imports/{id}/undo', of, { why: 'x' })).body.code;
  expect(await refused()).toBe('import.not-undoable');
  expect((await crm.cancel(id)).body.state).toBe('cancelled');
  expect((await crm.start(id)).status).toBe(409);
  expect(await refused()).toBe('import.not-undoable');
  const dry = await crm.bringIn({ file: 'externalId,givenName\nx-1,Ada\n', fields: { dryRun: true } });
  expect(await refused(dry.id)).toBe('import.not-undoable');
  expect(await refused('imp_none')).toBe('import.not-found');
});

test('a cancelled import is undone with what its last slice still wrote', async () => {
  const crm = await undoing();
  const rows = Array.from({ length: 400 }, (_, nth) => `x-${nth},x${nth}@example.com`);
  const { id } = await crm.begin({ file: ['externalId,email', ...rows].join('\n') });
  await crm.start(id);
  while (!(await crm.customers()).length);
  expect((await crm.cancel(id)).body.state).toBe('cancelled');
  expect((await crm.undo(id)).status).toBe(202);
  expect((await crm.report(id)).undo).toMatchObject({ state: 'running', removed: 0 });
  await crm.idle();
  await crm.advance('PT1M');
  await crm.idle();
  expect((await crm.report(id)).undo).toMatchObject({ state: 'done', left: 0 });
  expect(await crm.customers()).toEqual([]);
});
