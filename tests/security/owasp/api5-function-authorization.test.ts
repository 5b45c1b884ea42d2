import { expect, test } from 'vitest';
import { world } from '../../world.ts';

type Body = Record<string, never>;

/** a customer with records of all areas, and the means to read it with some scopes */
const setUp = async () => {
  const crm = await world();
  const { id } = (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', familyName: 'Tan' } })).body;
  const post = async (key: string, body: object) => {
    const reply = await crm.ask(key, {
      params: { id },
      body: { ...body, ...(key.includes('{id}') ? {} : { customerId: id }) },
    });
    expect([key, reply.status]).toEqual([key, 201]);
    return reply.body;
  };
  await post('POST /v1/activities', { kind: 'note', subject: 'Owes us an answer' });
  await post('POST /v1/cases', { subject: 'Brakes squeal', type: 'complaint', channel: 'phone' });
  await post('POST /v1/invoices', {
    number: `R-${crm.tenant}`,
    total: { amount: 4711, currency: 'SGD' },
    issuedOn: '2026-11-01',
    dueOn: '2026-12-01',
  });
  const contract = await post('POST /v1/documents', { name: 'Contract.pdf' });
  const secret = await post('POST /v1/documents', { name: 'Diagnosis.pdf', classification: 'confidential' });
  await crm.idle();
  const tokenWith = async (...scopes: string[]) => {
    const asked = { tenant: crm.tenant, roles: [], scopes, subject: 'somebody' };
    const minted = await fetch(`${crm.url}/_local/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    return ((await minted.json()) as { token: string }).token;
  };
  const read = async (token: string, key: string, query = {}) =>
    (await crm.ask(key, { params: { id }, token, query })).body;
  return { ...crm, id, contract, secret, tokenWith, read };
};

const nouns = (items: { type: string }[]) => [...new Set(items.map(({ type }) => type.split('.')[0]))].sort();

test('timeline and view show what the scopes of each area allow, and name what they hold back', async () => {
  const crm = await setUp();
  const bare = await crm.tokenWith('customers.read');
  const timeline = await crm.read(bare, 'GET /v1/customers/{id}/timeline');
  expect(nouns(timeline.items)).toEqual(['customer']);
  expect((await crm.read(bare, 'GET /v1/customers/{id}/timeline', { type: 'case.opened' })).items).toEqual([]);
  const view = await crm.read(bare, 'GET /v1/customers/{id}/view');
  expect(nouns(view.timeline)).toEqual(['customer']);
  expect(view).toMatchObject({ cases: [], documents: [], finance: null, tasks: [], orders: [] });
  expect(view.withheld).toEqual(expect.arrayContaining(['cases', 'documents', 'finance', 'orders', 'assets']));
  expect(view.openCases).toMatchObject([{ status: expect.any(String), subject: '•••', agentId: null }]);
  expect(JSON.stringify([timeline, view])).not.toMatch(/Brakes|Contract|Diagnosis|4711|Owes/);
  const desk = await crm.tokenWith('customers.read', 'service.read', 'documents.read', 'finance.read');
  const seen = await crm.read(desk, 'GET /v1/customers/{id}/view');
  expect(nouns(seen.timeline)).toEqual(expect.arrayContaining(['case', 'customer', 'document', 'invoice']));
  expect(nouns(seen.timeline)).not.toContain('activity');
  expect(seen.openCases).toMatchObject([{ subject: 'Brakes squeal' }]);
  expect(seen.documents.map(({ name }: Body) => name)).toEqual(['Contract.pdf']);
  expect(JSON.stringify(seen)).not.toContain('Diagnosis');
  const all = await crm.read(crm.token, 'GET /v1/customers/{id}/view');
  expect([all.withheld, all.documents.length]).toEqual([[], 2]);
});

test('a classified document is not found without the scope, by whatever route', async () => {
  const crm = await setUp();
  const token = await crm.tokenFor(['sales']);
  const ask = (key: string, more: object = {}) => crm.ask(key, { token, params: { id: crm.secret.id }, ...more });
  const tried = [
    await ask('GET /v1/documents/{id}'),
    await ask('PATCH /v1/documents/{id}', { body: { classification: 'normal' } }),
    await ask('POST /v1/documents/{id}/versions'),
    await ask('POST /v1/documents/{id}/uploaded'),
    await ask('DELETE /v1/documents/{id}'),
  ];
  expect(tried.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  const listed = await ask('GET /v1/documents', { query: { customerId: crm.id } });
  expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([crm.contract.id]);
  const searched = async (q: string, by: string) => (await crm.ask('GET /v1/search', { token: by, query: { q } })).body;
  expect((await searched('diagnosis', token)).items).toEqual([]);
  expect((await searched('diagnosis', crm.token)).items).toHaveLength(1);
  expect((await searched('contract', token)).items).toHaveLength(1);
});

test('an export of a customer needs the scopes of all areas', async () => {
  const crm = await setUp();
  for (const role of ['marketer', 'sales', 'agent', 'analyst', 'finance']) {
    const token = await crm.tokenFor([role]);
    const { status, body } = await crm.ask('GET /v1/customers/{id}/export', { params: { id: crm.id }, token });
    expect([role, status, body.code]).toEqual([role, 403, 'scope.missing']);
  }
  const partly = await crm.tokenWith('privacy.read', 'customers.read', 'customers.confidential');
  const refused = await crm.ask('GET /v1/customers/{id}/export', { params: { id: crm.id }, token: partly });
  expect(refused.body.detail).toMatch(/service\.read/);
  expect((await crm.ask('GET /v1/customers/{id}/export', { params: { id: crm.id } })).status).toBe(200);
});

test('who has a customer’s token issued is named in all that is done with it', async () => {
  const crm = await setUp();
  const agent = await crm.tokenFor(['agent']);
  const asked = { params: { id: crm.id }, body: {} };
  const refused = await crm.ask('POST /v1/customers/{id}/tokens', { ...asked, token: agent });
  expect([refused.status, refused.body.code]).toEqual([403, 'scope.missing']);
  await crm.ask('PUT /v1/settings/portal', { body: { direct: ['phone'], review: ['familyName'] } });
  const machine = await crm.tokenWith('tokens.write');
  const { body } = await crm.ask('POST /v1/customers/{id}/tokens', { ...asked, token: machine });
  const change = { phone: '+6561234568', familyName: 'Lim' };
  const changed = await crm.ask('POST /v1/me/change-requests', { token: body.token, body: change });
  expect(changed.status).toBe(200);
  const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: crm.id } })).body;
  const of = (type: string) => items.find((one: { type: string }) => one.type === type);
  for (const type of ['customer.updated', 'proposal.made'])
    expect(of(type)).toMatchObject({ actor: `customer:${crm.id}`, issuer: 'user:somebody' });
  expect(of('customer.created')).not.toHaveProperty('issuer');
  const known = await crm.ask('GET /v1/customers/{id}/provenance', { params: { id: crm.id } });
  expect(JSON.stringify(known.body)).toContain('with a token of user:somebody');
  const { items: open } = (await crm.ask('GET /v1/proposals')).body;
  expect(open[0].issuer).toBe('user:somebody');
});
