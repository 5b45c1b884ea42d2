import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { type Row, slice } from './slice.ts';

const address = { line1: '1 Main St <b>', locality: 'Ulm', postcode: '89073', country: 'DE' };

const postWorld = async () => {
  const crm = slice(await world());
  const { id: templateId } = await crm.template({
    channel: 'post',
    subject: 'Spring',
    body: '<p>Dear {{ customer.givenName }}</p>',
  });
  const write = async (more: Record<string, unknown> = {}) => {
    const customer = await crm.customer({ address, ...more });
    await crm.consent(customer.id, 'granted', 'post');
    await crm.request(customer.id, { channel: 'post', content: undefined, templateId });
    await crm.idle();
    return customer;
  };
  const letters = async (state = 'open', batch?: string) =>
    (await crm.ask('GET /v1/letters', { query: { state, ...(batch ? { batch } : {}) } })).body.items as Row[];
  const print = async (body: object = {}) => {
    const { status, body: made } = await crm.ask('POST /v1/letter-files', { body });
    expect(status, JSON.stringify(made)).toBe(201);
    await crm.idle();
    const { body: file } = await crm.ask('GET /v1/letter-files/{id}', { params: { id: made.id } });
    const html = file.url ? await (await fetch(file.url)).text() : '';
    return { ...file, html, pages: html.match(/<section>/g)?.length ?? 0 } as Row;
  };
  return { ...crm, templateId, write, letters, print };
};

test('letters are gathered for a day and printed once, a page each, unless consent was withdrawn since', async () => {
  const crm = await postWorld();
  const [ada, bob] = [await crm.write(), await crm.write({ givenName: 'Bob' })];
  const eve = await crm.write({ address: { line1: '1 Main St' } });
  expect(await crm.messages(eve.id)).toMatchObject([
    { state: 'skipped', reason: 'the customer has no complete address for post' },
  ]);
  const [first] = await crm.letters();
  expect(first).toMatchObject({ to: '1 Main St <b>, 89073 Ulm, DE', state: 'open', batch: expect.any(String) });
  await crm.consent(bob.id, 'withdrawn', 'post');
  expect(await crm.print({ batch: '2001-01-01' })).toMatchObject({ letters: 0, pages: 0 });
  const file = await crm.print({ batch: first?.batch });
  expect(file).toMatchObject({ state: 'done', letters: 1, dropped: 1, pages: 1 });
  expect(file.html).toContain('Ada Tan<br>1 Main St &#60;b&#62;<br>89073 Ulm<br>DE</address>');
  expect(file.html).toContain('<p>Dear Ada</p>');
  expect(await crm.print()).toMatchObject({ letters: 0, dropped: 0 });
  expect(await crm.messages(bob.id)).toMatchObject([
    { state: 'failed', reason: expect.stringMatching(/no consent to news by post/) },
  ]);
  const params = { id: (await crm.letters('printed'))[0]?.id };
  for (let nth = 0; nth < 2; nth++) {
    const { body } = await crm.ask('POST /v1/letters/{id}/returned', { params, body: { reason: 'moved away' } });
    expect(body).toMatchObject({ state: 'returned' });
  }
  await crm.idle();
  const { body } = await crm.ask('GET /v1/customers/{id}/contactability', { params: { id: ada.id } });
  const post = body.channels.find((one: Row) => one.channel === 'post');
  expect(post).toMatchObject({ suppressed: { reason: 'bounced: moved away' }, transactional: { outcome: 'skip' } });
  expect((await crm.ask('POST /v1/letters/{id}/returned', { params: { id: 'x' }, body: { reason: 'x' } })).status).toBe(
    404,
  );
});

test('a service that prints and posts gets each letter as a signed request', async () => {
  const crm = await postWorld();
  const url = `https://post.example/${crm.tenant}`;
  await crm.settings({ post: { url } });
  await crm.write();
  const [call] = await crm.outbox(url);
  expect(JSON.parse(call.body)).toMatchObject({
    to: '1 Main St <b>, 89073 Ulm, DE',
    html: expect.stringMatching(/Dear Ada/),
  });
  expect(await crm.letters()).toEqual([]);
});
