import { expect, test } from 'vitest';
import { related } from '../relations-world.ts';
import { desk } from '../service/desk-world.ts';
import { type Told, type World, world } from '../world.ts';

type Hit = Told['body'];

const remembering = (crm: World) => {
  const search = async (q: string, query: Record<string, string | number> = {}, token?: string): Promise<Hit[]> => {
    const { status, body } = await crm.ask('GET /v1/search', { query: { q, ...query }, ...(token ? { token } : {}) });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  };
  const note = async (customerId: string, subject: string, body?: string, kind = 'note'): Promise<string> => {
    const told = await crm.ask('POST /v1/activities', {
      body: { customerId, kind, subject, ...(body ? { body } : {}) },
    });
    expect(told.status, JSON.stringify(told.body)).toBe(201);
    return told.body.id;
  };
  return { ...desk(crm), ...related(crm), search, note };
};

const memory = async () => remembering(await world());

const ids = (hits: Hit[]) => hits.map(({ id }) => id);
const marked = ({ excerpt, marks }: Hit) => marks.map(([from, to]: [number, number]) => excerpt.slice(from, to));

test('all texts about a customer are found by their words, latest first, with the position of the match', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  const call = await crm.note(
    customerId,
    'Called about the brakes',
    'They squeal at low speed. Offered a visit.',
    'call',
  );
  const mail = await crm.note(
    customerId,
    'Mail on the offer',
    'He compares our brake pads with those of Torque GmbH',
    'mail',
  );
  const { body: doc } = await crm.ask('POST /v1/documents', {
    body: { customerId, name: 'Brake report.pdf', description: 'Measured by the workshop' },
  });
  const { body: commitment } = await crm.at('POST /v1/customers/{id}/commitments', customerId, {
    body: { kind: 'commitment', subject: 'pads', text: 'New brakes before the rally', department: 'service' },
  });
  const { body: need } = await crm.at('POST /v1/customers/{id}/needs', customerId, {
    body: { what: 'a car with better braking', source: 'call' },
  });
  const one = await crm.open({ customerId, subject: 'Noise', description: 'The brake squeals since Monday' });
  await crm.tell(one.id, 'note', { body: 'Known fault of that brake series' });
  await crm.tell(one.id, 'resolve', { resolution: 'Exchanged the discs' });
  await crm.idle();
  const found = await crm.search('brake');
  expect(new Set(found.map(({ kind, id, messageId }) => [kind, id, Boolean(messageId)].join(' ')))).toEqual(
    new Set([
      `activity ${call} false`,
      `activity ${mail} false`,
      `document ${doc.id} false`,
      `commitment ${commitment.id} false`,
      `need ${need.id} false`,
      `case ${one.id} false`,
      `case ${one.id} true`,
    ]),
  );
  expect(found.every(hit => hit.customerId === customerId && hit.marks.length > 0)).toBe(true);
  expect(found[0]).toMatchObject({ kind: 'case', title: 'Noise', by: expect.stringContaining('user:') });
  expect(marked(found.find(({ id }) => id === mail))).toEqual(['brake']);
  // what a case ended with
  expect(ids(await crm.search('exchanging discs'))).toEqual([one.id]);
  expect(ids(await crm.search('"brake pads"'))).toEqual([mail]);
  expect(await crm.search('brake unicorn')).toEqual([]);
});

test('a text is found as it is now, and no longer once it is deleted', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  const id = await crm.note(customerId, 'Likes purple');
  await crm.idle();
  await crm.at('PATCH /v1/activities/{id}', id, { body: { subject: 'Likes turquoise' } });
  // before it is filed anew nothing wrong is shown
  expect(await crm.search('purple')).toEqual([]);
  await crm.idle();
  expect([ids(await crm.search('purple')), ids(await crm.search('turquoise'))]).toEqual([[], [id]]);
  await crm.at('DELETE /v1/activities/{id}', id);
  await crm.idle();
  expect(await crm.search('turquoise')).toEqual([]);
});

test('a long text is found by words of all its parts', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  const words = Array.from({ length: 300 }, (_, nth) => `topic${nth}x`);
  const id = await crm.note(customerId, 'Minutes', words.join(' '));
  await crm.idle();
  expect(ids(await crm.search('topic3x topic290x'))).toEqual([id]);
  expect(ids(await crm.search('topic3x topic290x', { customerId }))).toEqual([id]);
  await crm.at('PATCH /v1/activities/{id}', id, { body: { body: 'short' } });
  await crm.idle();
  expect([ids(await crm.search('topic290x')), ids(await crm.search('short'))]).toEqual([[], [id]]);
});

test('pages continue where the last one ended, by kinds and customer', async () => {
  const crm = await memory();
  const [ada, bob] = [await crm.person(), await crm.person({ givenName: 'Bob' })];
  const notes: string[] = [];
  for (let nth = 0; nth < 7; nth++) notes.unshift(await crm.note(nth % 2 ? bob : ada, `Roof rack ${nth}`));
  await crm.open({ customerId: ada, subject: 'Roof rack is loose' });
  await crm.idle();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { q: 'racks', in: 'activity,commitment', limit: 3, ...(cursor ? { cursor } : {}) };
    const { body }: Told = await crm.ask('GET /v1/search', { query });
    seen.push(...ids(body.items));
    cursor = body.nextCursor;
  } while (cursor);
  expect(seen).toEqual(notes);
  const own = await crm.search('roof racks', { customerId: bob });
  expect(ids(own)).toEqual(notes.filter((_, nth) => nth % 2));
  const first = await crm.ask('GET /v1/search', { query: { q: 'roof', customerId: bob, limit: 2 } });
  const rest = await crm.search('roof', { customerId: bob, cursor: first.body.nextCursor });
  expect([...ids(first.body.items), ...ids(rest)]).toEqual(ids(own));
});

test('without the scope no cases are found, and never those of another tenant', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  const note = await crm.note(customerId, 'Keyless entry');
  const one = await crm.open({ customerId, subject: 'Keyless entry fails' });
  await crm.idle();
  const marketer = await crm.tokenFor(['marketer']);
  expect(ids(await crm.search('keyless', {}, marketer))).toEqual([note]);
  expect(ids(await crm.search('keyless'))).toEqual([one.id, note]);
  const refused = await crm.ask('GET /v1/search', { query: { q: 'keyless', in: 'case' }, token: marketer });
  expect([refused.status, refused.body.code]).toEqual([403, 'search.not-allowed']);
  const stranger = await crm.tokenFor(['admin'], `${crm.tenant}x`);
  expect(await crm.search('keyless', {}, stranger)).toEqual([]);
});

test.each([
  [{}, 'q'],
  [{ q: '   ' }, 'q'],
  [{ q: 'x !' }, 'q'],
  [{ q: 'brake', in: 'case,dream' }, 'in.1'],
  [{ q: 'brake', customerId: 'ada' }, 'customerId'],
])('a search that cannot be answered is refused by the field: %j', async (query, path) => {
  const crm = await memory();
  const { status, body } = await crm.ask('GET /v1/search', { query: query as Record<string, string> });
  expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
});

test('an unknown customer and an invalid cursor are refused', async () => {
  const crm = await memory();
  const asked = (query: Record<string, string>) =>
    crm.refused(crm.ask('GET /v1/search', { query: { q: 'brake', ...query } }));
  expect(await asked({ customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z' })).toEqual([404, 'customer.not-found']);
  expect(await asked({ cursor: '%%' })).toEqual([400, 'cursor.malformed']);
});

test('texts about a customer follow it through a merge and an unmerge', async () => {
  const crm = await memory();
  const [kept, other] = [await crm.person(), await crm.person({ givenName: 'Adah' })];
  const id = await crm.note(other, 'Prefers mornings');
  await crm.idle();
  await crm.merge(kept, other);
  await crm.idle();
  expect(ids(await crm.search('mornings', { customerId: kept }))).toEqual([id]);
  // the old id leads to who it is now
  expect(ids(await crm.search('mornings', { customerId: other }))).toEqual([id]);
  await crm.unmerge(kept, other);
  await crm.idle();
  expect(await crm.search('mornings', { customerId: kept })).toEqual([]);
  expect(ids(await crm.search('mornings', { customerId: other }))).toEqual([id]);
});

test('nothing of an erased customer is found or indexed', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  await crm.note(customerId, 'Collects zeppelins', Array.from({ length: 200 }, (_, nth) => `z${nth}q`).join(' '));
  const one = await crm.open({ customerId, subject: 'Zeppelin mount' });
  await crm.tell(one.id, 'note', { body: 'zeppelin fan' });
  await crm.idle();
  expect(await crm.search('zeppelins')).toHaveLength(3);
  await crm.at('POST /v1/customers/{id}/erase', customerId, { body: { reason: 'asked' } });
  await crm.idle();
  expect([await crm.search('zeppelin'), await crm.search('z199q')]).toEqual([[], []]);
});

test('the messages of a case leave the index with it', async () => {
  const crm = await memory();
  const customerId = await crm.person();
  const one = await crm.open({ customerId, subject: 'Sunroof drips' });
  await crm.tell(one.id, 'note', { body: 'sunroof seal ordered' });
  await crm.done(crm.tell(one.id, 'resolve'));
  await crm.done(crm.tell(one.id, 'close'));
  await crm.idle();
  expect(await crm.search('sunroof')).toHaveLength(2);
  await crm.advance('P40D');
  expect((await crm.ask('PUT /v1/settings/retention', { body: { cases: 'P30D' } })).status).toBe(200);
  expect((await crm.ask('POST /v1/retention/run', { body: { dryRun: false } })).status).toBe(202);
  await crm.idle(60_000);
  expect(await crm.search('sunroof')).toEqual([]);
});
