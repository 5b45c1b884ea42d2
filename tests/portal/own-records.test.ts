import { expect, test } from 'vitest';
import { desk } from '../service/desk-world.ts';
import { world } from '../world.ts';
import { portal } from './portal-world.ts';

const total = { amount: 129_900, currency: 'SGD' };

const numbers = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map(({ id }) => id);

test('a customer finds its cases by words and state, closes one and reopens it with a reason', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const open = async (subject: string) => (await crm.as(ada, 'POST /v1/me/cases', { body: { subject } })).body.id;
  const [key, noise] = [await open('Second key'), await open('Brake noise')];
  await crm.idle();
  const find = async (query: Record<string, string>) => numbers(await crm.as(ada, 'GET /v1/me/cases', { query }));
  expect([await find({ q: 'NOISE brake' }), await find({ q: 'noise key' })]).toEqual([[noise], []]);
  const tell = (id: string, verb: string, body: object = {}) =>
    crm.as(ada, `POST /v1/me/cases/{id}/${verb}`, { params: { id }, body });
  expect((await tell(key, 'reopen', { reason: 'x' })).body.code).toBe('case.not-resolved');
  expect((await tell(key, 'close')).body).toMatchObject({ status: 'closed' });
  expect((await tell(key, 'close')).body.code).toBe('case.not-open');
  await crm.idle();
  expect([await find({ state: 'open' }), await find({ state: 'closed' })]).toEqual([[noise], [key]]);
  expect((await tell(key, 'reopen', { reason: 'I lost it again' })).body).toMatchObject({ status: 'reopened' });
  const thread = await crm.as(ada, 'GET /v1/me/cases/{id}/messages', { params: { id: key } });
  expect(thread.body.items).toMatchObject([{ from: 'me', body: 'I lost it again' }]);
  const eve = await crm.person();
  for (const verb of ['close', 'reopen'])
    expect(
      (
        await crm.as(eve, `POST /v1/me/cases/{id}/${verb}`, {
          params: { id: noise },
          body: { ...(verb === 'reopen' && { reason: 'x' }) },
        })
      ).status,
    ).toBe(404);
});

test('a customer uploads a file for its own case, which staff finds there; not for one of another', async () => {
  const crm = portal(await world());
  const [ada, eve] = [await crm.person(), await crm.person()];
  const { id: caseId } = (await crm.as(ada, 'POST /v1/me/cases', { body: { subject: 'Noise' } })).body;
  const file = { name: 'Disc.jpg', type: 'image/jpeg', caseId };
  const refused = await crm.as(eve, 'POST /v1/me/documents', { body: file });
  expect([refused.status, refused.body.errors?.[0].path]).toEqual([422, 'caseId']);
  const made = await crm.as(ada, 'POST /v1/me/documents', { body: file });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect((await fetch(made.body.uploadUrl, { method: 'PUT', body: 'bytes' })).status).toBe(200);
  await crm.idle();
  expect((await crm.as(ada, 'GET /v1/me/documents')).body.items).toMatchObject([
    { name: 'Disc.jpg', size: 5, relatedTo: caseId },
  ]);
  const found = await crm.ask('GET /v1/documents', { query: { relatedTo: caseId } });
  expect(found.body.items).toMatchObject([{ id: made.body.id, customerId: ada.id }]);
});

test('a customer sees its own invoices, assets and commitments only, and exports them without the notes of staff', async () => {
  const crm = portal(desk(await world()));
  const [ada, eve] = [await crm.person(), await crm.person()];
  const customerId = ada.id;
  const post = (path: string, body: object) =>
    (crm as unknown as ReturnType<typeof desk>).done(crm.ask(`POST /v1/${path}`, { body }));
  await post('invoices', { customerId, number: 'R-1', total, issuedOn: '2026-11-15', dueOn: '2026-12-15' });
  await post('assets', { customerId, name: 'Volt 7', soldBy: 'Ben', warranty: { until: '2030-01-31' } });
  const promise = { kind: 'price', subject: 'VOLT-7', text: '125,000', department: 'sales' };
  await post(`customers/${customerId}/commitments`, promise);
  const { id } = (await crm.as(ada, 'POST /v1/me/cases', { body: { subject: 'Noise', description: 'It squeals' } }))
    .body;
  await post(`cases/${id}/note`, { body: 'a difficult person' });
  await post('activities', { customerId, kind: 'note', subject: 'secret thoughts' });
  await crm.idle();
  const read = async (what: string) => (await crm.as(ada, `GET /v1/me/${what}`)).body.items;
  expect(await read('invoices')).toMatchObject([{ number: 'R-1', balance: total }]);
  const [asset] = await read('assets');
  expect([asset.name, asset.warranty.until, 'soldBy' in asset]).toEqual(['Volt 7', '2030-01-31', false]);
  expect(await read('commitments')).toMatchObject([{ text: '125,000', status: 'active' }]);
  for (const what of ['invoices', 'assets', 'commitments'])
    expect((await crm.as(eve, `GET /v1/me/${what}`)).body.items).toEqual([]);
  const { status, body } = await crm.as(ada, 'GET /v1/me/export');
  expect(status).toBe(200);
  const lines = String(body)
    .trim()
    .split('\n')
    .map(one => JSON.parse(one));
  const kinds = new Set(lines.map(({ kind }) => kind));
  for (const kind of ['customer', 'case', 'caseMessage', 'invoice', 'asset', 'commitment', 'event'])
    expect([kind, kinds.has(kind)]).toEqual([kind, true]);
  expect(body).toContain('It squeals');
  for (const secret of ['difficult', 'secret thoughts', '"queue"', 'soldBy', eve.id])
    expect(body).not.toContain(secret);
});
