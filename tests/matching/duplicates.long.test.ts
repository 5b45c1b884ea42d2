import { expect, test } from 'vitest';
import { type Body, merging } from '../merging/merge-pair.ts';
import { world } from '../world.ts';

const home = { line1: '12 Long Street', locality: 'Bath', postcode: 'BA1 2AB', country: 'GB' };
const ada = { givenName: 'Ada', familyName: 'Tan', dateOfBirth: '1984-03-09', address: home };
/** the same with slips of the pen */
const aad = { ...ada, givenName: 'Aad', dateOfBirth: '1984-09-03' };

const deduping = async () => {
  const crm = merging(await world());
  return {
    ...crm,
    settle: (settings: Body) => crm.ask('PUT /v1/settings/matching', { body: settings }),
    duplicates: async (query: Record<string, string | number> = {}): Promise<Body[]> =>
      (await crm.ask('GET /v1/duplicates', { query })).body.items,
    accept: (id: unknown, body: Body = {}) => crm.at('POST /v1/duplicates/{id}/accept', String(id), { body }),
    reject: (id: unknown) => crm.at('POST /v1/duplicates/{id}/reject', String(id)),
    patch: (id: string, body: Body) => crm.at('PATCH /v1/customers/{id}', id, { body }),
    decisions: async (id: string): Promise<Body[]> =>
      (await crm.at('GET /v1/customers/{id}/decisions', id)).body.items.filter(
        ({ kind }: Body) => kind === 'duplicate',
      ),
  };
};

test('two records of one person are found, with reasons, and shown side by side', async () => {
  const crm = await deduping();
  const a = await crm.customer(ada);
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  const b = await crm.customer(aad);
  await crm.customer({ givenName: 'Charles', familyName: 'Tan', dateOfBirth: '1980-11-30', address: home });
  await crm.idle();
  const [found, ...others] = await crm.duplicates();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ customers: [a, b], state: 'open' });
  expect(found?.probability).toBeGreaterThan(0.99);
  expect(found?.reasons).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^date of birth off by a slip: \+/),
      expect.stringMatching(/^same street: \+/),
    ]),
  );
  const shown = await crm.at('GET /v1/duplicates/{id}', String(found?.id));
  expect(shown.body).toMatchObject({ records: [{ id: a }, { id: b }], stays: a });
  expect(shown.body.differences).toEqual([
    { attribute: 'dateOfBirth', values: ['1984-03-09', '1984-09-03'] },
    { attribute: 'givenName', values: ['Ada', 'Aad'] },
    { attribute: 'name', values: ['Ada Tan', 'Aad Tan'] },
  ]);
  for (const id of [a, b]) {
    const reply = await crm.at('GET /v1/customers/{id}/duplicates', id);
    expect(reply.body.items).toMatchObject([{ id: found?.id }]);
    expect(await crm.decisions(id)).toMatchObject([{ outcome: 'proposed', cause: found?.id }]);
  }
});

test('accepted, two records are merged: the older stays, the other answers 301', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer({ ...aad, phone: '+65 6123 4567' })];
  await crm.idle();
  const [found] = await crm.duplicates();
  const accepted = await crm.accept(found?.id);
  expect([accepted.status, accepted.body.state, accepted.body.into]).toEqual([200, 'accepted', a]);
  expect((await crm.read(b)).status).toBe(301);
  expect((await crm.read(a)).body).toMatchObject({ givenName: 'Ada', phone: '+6561234567' });
  const { body } = await crm.at('GET /v1/customers/{id}/merges', a);
  expect(body.items).toMatchObject([{ id: accepted.body.mergeId, from: b, why: found?.reasons }]);
  const again = await crm.accept(found?.id);
  expect([again.status, again.body.code, again.body.state]).toEqual([409, 'duplicate.decided', 'accepted']);
  expect((await crm.reject(found?.id)).body.code).toBe('duplicate.decided');
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  expect(await crm.duplicates({ state: 'accepted' })).toMatchObject([{ id: found?.id }]);
  expect(await crm.timeline(a)).toContain('duplicate.accepted');
});

test('the record that stays and the values that count can be chosen', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  const stranger = await crm.customer({ name: 'Charles Babbage' });
  await crm.idle();
  const [found] = await crm.duplicates();
  const wrong = await crm.accept(found?.id, { into: stranger });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'into']);
  const unknown = await crm.accept(found?.id, { choices: { shoeSize: 'from' } });
  expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'choices.shoeSize']);
  expect(await crm.accept(found?.id, { into: b, choices: { givenName: 'from' } })).toMatchObject({ status: 200 });
  expect((await crm.read(b)).body.givenName).toBe('Ada');
  expect((await crm.read(a)).status).toBe(301);
});

test('a rejected pair is not proposed again until the identity of one changes', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  const [found] = await crm.duplicates();
  const rejected = await crm.reject(found?.id);
  expect([rejected.status, rejected.body.state]).toEqual([200, 'rejected']);
  expect((await crm.accept(found?.id)).body).toMatchObject({ code: 'duplicate.decided', state: 'rejected' });
  await crm.patch(a, { address: { line1: '14 Long Street' } });
  await crm.patch(b, { attributes: { size: 'M' } });
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  await crm.patch(b, { phone: '+65 6123 4567' });
  await crm.idle();
  expect(await crm.duplicates()).toMatchObject([{ id: found?.id, customers: [a, b], state: 'open' }]);
});

test('a duplicate closes when its records no longer look alike, and opens when they do again', async () => {
  const crm = await deduping();
  const [, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  const [found] = await crm.duplicates();
  await crm.patch(b, { givenName: 'Zoë', familyName: 'Quist', dateOfBirth: '1950-01-01' });
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  expect((await crm.accept(found?.id)).body.code).toBe('duplicate.closed');
  await crm.patch(b, { givenName: 'Ada', familyName: 'Tan', dateOfBirth: '1984-03-09' });
  await crm.idle();
  expect(await crm.duplicates()).toMatchObject([{ id: found?.id }]);
});

test('another merge closes the duplicates of the record, and the merged customer is compared again', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  const c = await crm.customer({ name: 'Countess of Lovelace' });
  await crm.idle();
  const [found] = await crm.duplicates();
  expect((await crm.merge(c, b)).status).toBe(200);
  expect((await crm.accept(found?.id)).body.code).toBe('duplicate.closed');
  await crm.idle();
  const reply = await crm.at('GET /v1/duplicates/{id}', String(found?.id));
  expect(reply.body).toMatchObject({ state: 'closed', stays: null });
  expect((await crm.merge(a, c)).status).toBe(200);
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
});

test('unmerged records are not proposed again, and never merged automatically', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  const [found] = await crm.duplicates();
  await crm.accept(found?.id);
  await crm.settle({ autoMerge: 0.9 });
  expect((await crm.unmerge(a, b)).status).toBe(200);
  await crm.idle();
  expect([(await crm.read(a)).status, (await crm.read(b)).status]).toEqual([200, 200]);
  expect(await crm.duplicates()).toEqual([]);
  expect(await crm.duplicates({ state: 'rejected' })).toMatchObject([{ id: found?.id }]);
});

test('records that were merged by hand before they were found alike are not proposed after they are unmerged', async () => {
  const crm = await deduping();
  await crm.settle({ review: 1 });
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.merge(a, b);
  await crm.settle({ autoMerge: 0.9, review: 0.5 });
  await crm.unmerge(a, b);
  await crm.patch(a, { address: { postcode: 'BA1 2AC' } });
  await crm.idle();
  expect([(await crm.read(a)).status, (await crm.read(b)).status]).toEqual([200, 200]);
  expect(await crm.duplicates()).toEqual([]);
});

test('almost certain duplicates are merged automatically, as the settings say, with the reasons', async () => {
  const crm = await deduping();
  expect((await crm.ask('GET /v1/settings/matching')).body).toEqual({ autoMerge: null, review: 0.5, version: 0 });
  expect((await crm.settle({ autoMerge: 0.99, review: 0.5 })).body).toMatchObject({ autoMerge: 0.99, version: 1 });
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  expect((await crm.read(b)).status).toBe(301);
  const { body } = await crm.at('GET /v1/customers/{id}/merges', a);
  expect(body.items).toMatchObject([{ from: b, by: 'rapport:mergeDuplicates', state: 'merged' }]);
  expect(body.items[0].why.length).toBeGreaterThan(3);
  const [decision] = await crm.decisions(a);
  expect(decision).toMatchObject({ outcome: 'merged', reasons: body.items[0].why });
  expect(await crm.duplicates({ state: 'accepted' })).toMatchObject([{ decidedBy: 'rapport:mergeDuplicates' }]);
  await crm.unmerge(a, b);
  await crm.idle();
  expect((await crm.read(b)).status).toBe(200);
});

test('contradicting records are never merged automatically: they wait for a decision, with the reason', async () => {
  const crm = await deduping();
  await crm.settle({ autoMerge: 0.9 });
  const known = { ...ada, phone: '+65 6123 4567', email: 'ada@example.com' };
  const a = await crm.customer({ ...known, identifiers: { national: 'S1234567D' } });
  const b = await crm.customer({ ...known, email: 'ada@work.example', identifiers: { national: 'S9999999Z' } });
  await crm.idle();
  expect((await crm.duplicates())[0]).toMatchObject({ customers: [a, b] });
  const [decision] = await crm.decisions(b);
  expect(decision).toMatchObject({ outcome: 'proposed' });
  expect(decision?.reasons).toContain('not automatic: different national numbers');
});

test('a father and a son of one name and birthday, or with only years known, are never merged automatically', async () => {
  const crm = await deduping();
  await crm.settle({ autoMerge: 0.9 });
  const known = { ...ada, phone: '+65 6123 4567' };
  const born = ['1980-03-09', '2015-03-09', '1981-01-01', '1988-01-01'];
  const ids = [];
  for (const dateOfBirth of born) ids.push(await crm.customer({ ...known, dateOfBirth }));
  await crm.idle();
  expect(await Promise.all(ids.map(async id => (await crm.read(id)).status))).toEqual([200, 200, 200, 200]);
});

const twin = { ...ada, phone: '+65 6123 4567', email: undefined };
const numbered = { ...ada, identifiers: { national: 'S1234567D' } };

test.for([
  ['twins with like names', { ...twin, givenName: 'Jan' }, { ...twin, givenName: 'Jana' }],
  ['relatives with like names', { ...twin, givenName: 'Marie' }, { ...twin, givenName: 'Maria' }],
  ['a record without a given name', twin, { ...twin, givenName: undefined }],
  ['two ids of one source', { ...twin, externalId: 'crm-1' }, { ...twin, externalId: 'crm-2' }],
  ['one national number, another name', numbered, { ...numbered, givenName: 'Charles', familyName: 'Babbage' }],
] as const)('%s are listed and not merged', async ([, one, other]) => {
  const crm = await deduping();
  await crm.settle({ autoMerge: 0.6, review: 0.5 });
  const [a, b] = [await crm.customer(one), await crm.customer(other)];
  await crm.idle();
  expect([(await crm.read(a)).status, (await crm.read(b)).status]).toEqual([200, 200]);
  expect(await crm.duplicates()).toMatchObject([{ customers: [a, b] }]);
  expect((await crm.decisions(b))[0]?.reasons).toContainEqual(expect.stringMatching(/^not automatic: /));
});

test('what many customers of a company have in common is no evidence, nor is an unknown date of birth', async () => {
  const crm = await deduping();
  await crm.settle({ autoMerge: 0.9, review: 0.5 });
  const local = { locality: 'Bath', postcode: 'BA1 2AB', country: 'GB' };
  const names = Array.from({ length: 60 }, (_, nth) => `${'ABCDEFGHIJ'[nth % 10]}${nth}x`);
  for (const name of names) await crm.customer({ givenName: name, familyName: `${name}son`, address: local });
  const namesake = { givenName: 'John', familyName: 'Smith', dateOfBirth: '1900-01-01', address: local };
  await crm.customer(namesake);
  await crm.customer(namesake);
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
});

test('a record that may be either of two others is merged with neither automatically', async () => {
  const crm = await deduping();
  const a = await crm.customer({ ...ada, identifiers: { national: 'S1234567D' } });
  const b = await crm.customer({ ...ada, identifiers: { national: 'S9999999Z' } });
  await crm.idle();
  await crm.settle({ autoMerge: 0.9 });
  const c = await crm.customer(ada);
  await crm.idle();
  for (const id of [a, b, c]) expect((await crm.read(id)).status).toBe(200);
  expect((await crm.duplicates()).length).toBeGreaterThanOrEqual(2);
  const reasons = (await crm.decisions(c)).flatMap(one => one.reasons as string[]);
  expect(reasons.some(words => words.includes(a) && words.includes(b) && words.includes('not one'))).toBe(true);
});

test('many concurrent records of one person become one, in any order of merges', async () => {
  const crm = await deduping();
  await crm.settle({ autoMerge: 0.9 });
  const profiles = [ada, aad, { ...ada, familyName: 'Tam' }, { ...ada, phone: '+65 6123 4567' }, ada];
  const ids = await Promise.all(profiles.map(profile => crm.customer(profile)));
  await crm.idle();
  await crm.advance('PT2M');
  await crm.idle();
  const read = await Promise.all(ids.map(id => crm.read(id)));
  expect(read.map(({ status }) => status).sort()).toEqual([200, 301, 301, 301, 301]);
  expect(await crm.duplicates()).toEqual([]);
});

test('a rejected record is also kept apart from the customer that the other is merged into', async () => {
  const crm = await deduping();
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  await crm.reject((await crm.duplicates())[0]?.id);
  const c = await crm.customer({ name: 'Countess of Lovelace', phone: '+65 6123 4567' });
  await crm.settle({ autoMerge: 0.9 });
  await crm.merge(c, a, { choices: { name: 'from' } });
  await crm.idle();
  expect((await crm.read(b)).status).toBe(200);
  expect(await crm.duplicates()).toEqual([]);
});

test('the most probable duplicates come first, page by page', async () => {
  const crm = await deduping();
  const people = ['Ada Tan', 'Ben Ong', 'Cara Lim'].map((name, nth) => {
    const [givenName, familyName] = name.split(' ');
    const address = {
      line1: `${nth + 3} ${familyName} Road`,
      locality: 'Bath',
      postcode: `BA${nth} 2AB`,
      country: 'GB',
    };
    return { givenName, familyName, address, dateOfBirth: `198${nth}-03-09` };
  });
  for (const [nth, person] of people.entries()) {
    await crm.customer(person);
    await crm.customer({
      ...person,
      ...(nth === 1 ? { phone: '+65 6123 4567' } : {}),
      ...(nth === 2 ? { address: {} } : {}),
    });
  }
  await crm.idle();
  const all = await crm.duplicates();
  expect(all).toHaveLength(3);
  const probabilities = all.map(({ probability }) => Number(probability));
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
  const first = await crm.ask('GET /v1/duplicates', { query: { limit: 2, state: 'open' } });
  const second = await crm.ask('GET /v1/duplicates', { query: { limit: 2, cursor: first.body.nextCursor } });
  expect([...first.body.items, ...second.body.items]).toEqual(all);
  expect(second.body.nextCursor).toBeNull();
});

test('invalid settings are refused, and so are callers without the right', async () => {
  const crm = await deduping();
  const refused = async (body: Body) => {
    const { status, body: reply } = await crm.settle(body);
    return [status, ...reply.errors.map(({ path }: Body) => path)];
  };
  expect(await refused({ autoMerge: 1.2, review: 0 })).toEqual([422, 'autoMerge', 'review']);
  expect(await refused({ autoMerge: 0.4, review: 0.5 })).toEqual([422, 'autoMerge']);
  expect(await refused({ autoMerge: 0.99, threshold: 1 })).toEqual([422, 'threshold']);
  const [, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  const id = String((await crm.duplicates())[0]?.id);
  const reader = await crm.tokenFor(['analyst']);
  const request = { params: { id }, token: reader };
  expect((await crm.ask('GET /v1/duplicates/{id}', request)).status).toBe(200);
  for (const verb of ['accept', 'reject']) {
    expect((await crm.ask(`POST /v1/duplicates/{id}/${verb}`, request)).status).toBe(403);
  }
  expect((await crm.ask('POST /v1/duplicates/search', { token: reader })).status).toBe(403);
  expect((await crm.ask('PUT /v1/settings/matching', { body: {}, token: await crm.tokenFor(['agent']) })).status).toBe(
    403,
  );
  const stranger = await crm.tokenFor(['admin'], `${crm.tenant}x`);
  for (const [key, of] of [
    ['GET /v1/duplicates/{id}', id],
    ['POST /v1/duplicates/{id}/accept', id],
    ['POST /v1/duplicates/{id}/reject', id],
    ['GET /v1/customers/{id}/duplicates', b],
  ] as const) {
    expect((await crm.ask(key, { params: { id: of }, token: stranger })).status).toBe(404);
  }
  expect((await crm.ask('GET /v1/duplicates', { query: { state: 'lost' } })).status).toBe(422);
});

test('a search finds earlier duplicates, closes those below the settings, and merges those above', async () => {
  const crm = await deduping();
  await crm.settle({ review: 1 });
  const [a, b] = [await crm.customer(ada), await crm.customer(aad)];
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  const search = async () => {
    const begun = await crm.ask('POST /v1/duplicates/search');
    expect(begun.status).toBe(202);
    await crm.idle();
    const { body } = await crm.at('GET /v1/jobs/{id}', begun.body.id);
    expect(body).toMatchObject({ kind: 'find-duplicates', state: 'done' });
    return body;
  };
  await crm.settle({ review: 0.5 });
  expect((await search()).counts).toMatchObject({ found: 1 });
  expect(await crm.duplicates()).toMatchObject([{ customers: [a, b] }]);
  await crm.settle({ review: 1 });
  expect((await search()).counts).toMatchObject({ changed: 1 });
  expect(await crm.duplicates()).toEqual([]);
  await crm.settle({ review: 0.5, autoMerge: 0.9 });
  await search();
  expect((await crm.read(b)).status).toBe(301);
});

test('organisations are found too, and never matched with a person of the same name', async () => {
  const crm = await deduping();
  const acme = { kind: 'organisation', name: 'Blue Orchid Trading Pte Ltd', address: home, phone: '+65 6123 4567' };
  const [a, b] = [await crm.customer(acme), await crm.customer({ ...acme, name: 'BLUE ORCHID TRADING' })];
  await crm.customer({ name: 'Blue Orchid Trading', address: home, phone: '+65 6123 4567' });
  await crm.idle();
  const all = await crm.duplicates();
  expect(all).toMatchObject([{ customers: [a, b] }]);
});

test('an unknown id and a foreign cursor are refused', async () => {
  const crm = await deduping();
  const unknown = 'dup_00000000000000000000000000';
  for (const { status, body } of [await crm.accept(unknown), await crm.reject(unknown)]) {
    expect([status, body.code]).toEqual([404, 'duplicate.not-found']);
  }
  expect((await crm.at('GET /v1/customers/{id}/duplicates', 'cus_00000000000000000000000000')).status).toBe(404);
  const request = await crm.ask('GET /v1/duplicates', { query: { cursor: 'xx' } });
  expect([request.status, request.body.code]).toEqual([400, 'cursor.malformed']);
  expect(
    (await crm.ask('POST /v1/duplicates/{id}/accept', { params: { id: unknown }, body: { form: 'x' } })).status,
  ).toBe(422);
});
