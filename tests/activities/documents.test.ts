import { expect, test } from 'vitest';
import { limits } from '../../functions/activities/document.ts';
import { portal } from '../portal/portal-world.ts';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const documents = async () => {
  const crm = related(await world());
  const create = async (body: Body) => (await crm.ask('POST /v1/documents', { body })).body;
  const send = async (url: string, text: string) => (await fetch(url, { method: 'PUT', body: text })).status;
  const fetched = async (url: string) => {
    const reply = await fetch(url);
    return [reply.status, await reply.text()];
  };
  const read = async (id: string) => (await crm.at('GET /v1/documents/{id}', id)).body;
  return { ...crm, create, send, fetched, read };
};

test('a file is uploaded to a link, detected without confirmation, and downloaded from another', async () => {
  const crm = await documents();
  const customerId = await crm.person();
  const made = await crm.ask('POST /v1/documents', {
    body: { customerId, name: 'Certificate ä.pdf', type: 'application/PDF' },
  });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/documents/${made.body.id}`]);
  const { id, uploadUrl } = made.body;
  expect(await crm.read(id)).toMatchObject({ downloadUrl: null, size: null, visibleToCustomer: false });
  const early = crm.at('POST /v1/documents/{id}/uploaded', id);
  expect(await crm.refused(early)).toEqual([409, 'document.not-uploaded']);
  expect(await crm.send(uploadUrl, 'first')).toBe(200);
  const { body } = await crm.at('POST /v1/documents/{id}/uploaded', id);
  expect(body).toMatchObject({ size: 5, type: 'application/pdf', versions: [{ nth: 1, size: 5 }] });
  expect(body.versions[0]).not.toHaveProperty('path');
  expect(await crm.fetched(body.downloadUrl)).toEqual([200, 'first']);
  const list = await crm.ask('GET /v1/documents', { query: { customerId } });
  expect(list.body.items).toMatchObject([{ id, name: 'Certificate ä.pdf' }]);
  expect((await crm.timeline(customerId)).slice(0, 2)).toEqual(['document.uploaded', 'document.created']);
});

test('a new version is added and previous versions can still be downloaded', async () => {
  const crm = await documents();
  const { id, uploadUrl } = await crm.create({ name: 'Prices.txt', type: 'text/plain' });
  await crm.send(uploadUrl, 'old');
  await crm.read(id);
  const next = await crm.at('POST /v1/documents/{id}/versions', id);
  expect([next.status, next.body.versions.length]).toEqual([201, 2]);
  // until it has come the one before counts
  expect(await crm.fetched((await crm.read(id)).downloadUrl)).toEqual([200, 'old']);
  await crm.send(next.body.uploadUrl, 'newer');
  const { downloadUrl, size, versions } = await crm.read(id);
  expect([size, await crm.fetched(downloadUrl)]).toEqual([5, [200, 'newer']]);
  expect(await crm.fetched(versions[0].downloadUrl)).toEqual([200, 'old']);
  // a file of no customer is everybody's
  expect((await crm.ask('GET /v1/documents')).body.items).toMatchObject([{ id }]);
});

test('a version without a file is replaced, and the number of versions is limited', async () => {
  const crm = await documents();
  const { id, uploadUrl } = await crm.create({ name: 'x' });
  const again = await crm.at('POST /v1/documents/{id}/versions', id);
  expect(again.body.versions).toMatchObject([{ nth: 1 }]);
  let url = uploadUrl;
  for (let nth = 1; nth <= limits.versions; nth++) {
    await crm.send(url, `${nth}`);
    const told = await crm.at('POST /v1/documents/{id}/versions', id);
    if (nth === limits.versions) expect([told.status, told.body.code]).toEqual([409, 'document.too-many-versions']);
    url = told.body.uploadUrl;
  }
});

test('a file that is too large is rejected and deleted, and another can be uploaded instead', async () => {
  const crm = await documents();
  const { id, uploadUrl } = await crm.create({ name: 'x' });
  const large = await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(limits.bytes + 1) });
  expect(large.status).toBe(200);
  const uploaded = () => crm.at('POST /v1/documents/{id}/uploaded', id);
  expect(await crm.refused(uploaded())).toEqual([413, 'document.too-large']);
  expect(await crm.refused(uploaded())).toEqual([409, 'document.not-uploaded']);
  await crm.send(uploadUrl, 'small');
  expect((await uploaded()).body.size).toBe(5);
});

test('a document is changed, made visible to its customer, and deleted with its file', async () => {
  const crm = await documents();
  const customerId = await crm.person();
  const { id, uploadUrl } = await crm.create({ customerId, name: 'x', description: 'y' });
  await crm.send(uploadUrl, 'text');
  const { downloadUrl, version } = await crm.read(id);
  const change = (body: Body, headers = {}) => crm.at('PATCH /v1/documents/{id}', id, { body, headers });
  const changed = await change({ name: 'z', description: null }, { 'if-match': `"${version}"` });
  expect(changed.body).toMatchObject({ name: 'z', version: version + 1 });
  expect(changed.body).not.toHaveProperty('description');
  expect((await change({ name: 'a' }, { 'if-match': `"${version}"` })).status).toBe(412);
  expect((await crm.at('DELETE /v1/documents/{id}', id)).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/documents/{id}', id))).toEqual([404, 'document.not-found']);
  await crm.idle();
  expect((await fetch(downloadUrl)).status).toBe(404);
  expect((await crm.timeline(customerId))[0]).toBe('document.removed');
});

test('customers see and download those of their documents that are visible to them', async () => {
  const here = portal(await world());
  const ada = await here.person();
  const ben = await here.person();
  const make = async (body: Body) => (await here.ask('POST /v1/documents', { body })).body;
  const shown = await make({ customerId: ada.id, name: 'Bill', visibleToCustomer: true });
  await make({ customerId: ada.id, name: 'Credit check' });
  await make({ customerId: ben.id, name: 'Ben’s', visibleToCustomer: true });
  await fetch(shown.uploadUrl, { method: 'PUT', body: 'bill' });
  const { status, body } = await here.as(ada, 'GET /v1/me/documents');
  expect([status, body.items.map(({ name }: Body) => name)]).toEqual([200, ['Bill']]);
  expect(await (await fetch(body.items[0].downloadUrl)).text()).toBe('bill');
  expect(body.items[0]).not.toHaveProperty('versions');
  expect((await here.ask('GET /v1/me/documents', { token: null })).status).toBe(401);
});

test('an invalid document is rejected with all its bad fields', async () => {
  const crm = await documents();
  const bad = (body: Body) => crm.badFields(crm.ask('POST /v1/documents', { body }));
  expect(await bad({ name: ' ', type: 'pdf', relatedTo: 'x' })).toEqual([422, 'name', 'type', 'relatedTo']);
  expect(await bad({ name: 'x', size: 3 })).toEqual([422, 'size']);
  const customerId = await related(await world()).person();
  const elsewhere = crm.ask('POST /v1/documents', { body: { customerId, name: 'x' } });
  expect(await crm.refused(elsewhere)).toEqual([404, 'customer.not-found']);
});

test('documents follow a merge of their customer and its undo, and can be downloaded throughout', async () => {
  const crm = await documents();
  const [a, b] = [await crm.person(), await crm.person()];
  const { id, uploadUrl } = await crm.create({ customerId: b, name: 'x' });
  await crm.send(uploadUrl, 'text');
  const of = async (customerId: string) =>
    (await crm.ask('GET /v1/documents', { query: { customerId } })).body.items.map((one: Body) => one.id);
  await crm.merge(a, b);
  expect(await of(a)).toEqual([id]);
  expect(await crm.fetched((await crm.read(id)).downloadUrl)).toEqual([200, 'text']);
  await crm.unmerge(a, b);
  expect([await of(a), await of(b)]).toEqual([[], [id]]);
});
