import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Found = { id: string; name?: string; match: { by: string; how: string; similarity: number } };

const searcher = (crm: World) => {
  const create = async (body: object): Promise<string> => {
    const { status, body: made } = await crm.ask('POST /v1/customers', { body });
    if (status !== 201) throw new Error(JSON.stringify(made));
    return made.id;
  };
  const ask = (q: string, query: Record<string, string | number> = {}) =>
    crm.ask('GET /v1/customers', { query: { q, ...query } });
  const search = async (q: string, query = {}): Promise<Found[]> => {
    const { status, body } = await ask(q, query);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.items;
  };
  const ids = async (q: string, query = {}) => (await search(q, query)).map(({ id }) => id);
  const names = async (q: string, query = {}) => (await search(q, query)).map(({ name }) => name);
  const everyPage = async (q: string, limit: number, query = {}): Promise<string[]> => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; page < 100 && cursor !== null; page++) {
      const { body }: { body: { items: Found[]; nextCursor: string | null } } = await ask(q, {
        limit,
        ...query,
        ...(cursor ? { cursor } : {}),
      });
      expect(body.items.length).toBeLessThanOrEqual(limit);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(cursor).toBeNull();
    return seen;
  };
  return { create, ask, search, ids, names, everyPage };
};

const fresh = async () => {
  const crm = await world();
  return { crm, ...searcher(crm) };
};

test('one parameter accepts an address, a number in any spelling, its last digits, an id and an identifier', async () => {
  const { create, search } = await fresh();
  const ada = await create({
    givenName: 'Ada',
    familyName: 'Tan',
    email: 'skipper.ada@acme.example',
    phone: '+65 9123 4567',
    externalId: 'Shop-1001',
    identifiers: { national: 'S1234567D', loyalty: 'GOLD 77-81' },
  });
  await create({ givenName: 'Bo', familyName: 'Lim', email: 'bo@lim.example', phone: '+65 9123 4568' });
  const found = async (q: string) => (await search(q)).map(({ id, match }) => [id, match.by, match.how]);
  for (const [q, by, how] of [
    ['SKIPPER.ada@acme.example', 'email', 'exact'],
    ['skipper.', 'email', 'prefix'],
    ['skipper.ada@ac', 'email', 'prefix'],
    ['@acme.example', 'email', 'exact'],
    ['@acm', 'email', 'prefix'],
    ['Ada Tan <skipper.ada@acme.example>', 'email', 'exact'],
    ['+65 9123 4567', 'phone', 'exact'],
    ['+65-(9123).4567', 'phone', 'exact'],
    ['tel:+6591234567', 'phone', 'exact'],
    ['0065 91234567', 'phone', 'exact'],
    ['9123 4567', 'phone', 'ending'],
    ['0 9123 4567', 'phone', 'ending'],
    ['4567', 'phone', 'ending'],
    ['234567', 'phone', 'ending'],
    ['Shop-1001', 'externalId', 'exact'],
    [ada, 'id', 'exact'],
    ['S1234567D', 'identifier', 'exact'],
    ['s123 4567-d', 'identifier', 'exact'],
    ['gold7781', 'identifier', 'exact'],
  ]) {
    expect([q, await found(q!)]).toEqual([q, [[ada, by, how]]]);
  }
});

test('a name is found in any order, by prefixes of its words, whatever its case, accents and punctuation', async () => {
  const { create, ids } = await fresh();
  const zoe = await create({ givenName: 'Zoë Marie', familyName: 'O’Brien-Ångström' });
  const ling = await create({ givenName: 'Wei Ling', familyName: 'Tan' });
  for (const q of [
    'zoe',
    'ZOË',
    'zoe obrien',
    'zoe o brien',
    "O'BRIEN",
    'obrien zoe',
    'angstrom, zoe',
    'angs zo',
    'marie ang',
    'mar obr',
    'zoe angstrom',
  ])
    expect([q, await ids(q)]).toEqual([q, [zoe]]);
  for (const q of [
    'tan wei ling',
    'wei ling tan',
    'ling tan',
    'tan ling',
    'wei tan',
    'ta we li',
    'ling wei',
    'lin tan wei',
  ])
    expect([q, await ids(q)]).toEqual([q, [ling]]);
});

test('every word of a long name finds it, also the last', async () => {
  const { create, ids } = await fresh();
  const words = 'Universidad Nacional Autónoma de la Ciudad Vieja y sus Alrededores Centrales'.split(' ');
  const id = await create({ kind: 'organisation', name: words.join(' ') });
  for (const word of words.filter(({ length }) => length > 3)) expect(await ids(word), word).toEqual([id]);
  expect(await ids('centrales universidad')).toEqual([id]);
});

test('names with characters beyond the first plane are found, whole and by prefix', async () => {
  const { create, names } = await fresh();
  await create({ givenName: '太郎', familyName: '𠮷田' });
  for (const q of ['𠮷田', '𠮷', '𠮷田太郎', '太郎 𠮷田']) expect([q, await names(q)]).toEqual([q, ['太郎 𠮷田']]);
});

test('names of every script are found, Han names in either order', async () => {
  const { create, ids } = await fresh();
  const people: [string, object, string[]][] = [
    ['Han, in parts', { givenName: '小明', familyName: '王' }, ['王小明', '小明', '王', '小明 王', '王小']],
    ['Han, whole', { name: '山田太郎' }, ['山田', '太郎', '太郎山田', '山田 太郎']],
    ['Hangul', { givenName: '민준', familyName: '김' }, ['김민준', '민준', '김민']],
    [
      'Cyrillic',
      { givenName: 'Дмитрий', familyName: 'Шостакович' },
      ['шостакович', 'ДМИТРИЙ ШОСТ', 'шост дми', 'Шостаковч'],
    ],
    ['Greek', { givenName: 'Ελένη', familyName: 'Παπαδοπούλου' }, ['ελενη', 'παπαδοπουλου ελενη']],
    ['Arabic', { givenName: 'محمد', familyName: 'الفارسي' }, ['محمد', 'الفارسي محمد']],
    ['Vietnamese', { givenName: 'Thị Hương', familyName: 'Đặng' }, ['dang thi huong', 'Đặng', 'huong dang']],
    ['German', { givenName: 'Jürgen', familyName: 'Weiß' }, ['weiss', 'jurgen weiß', 'Juergen Weiss']],
    ['wide letters', { name: 'Ｓａｋｕｒａ' }, ['sakura', 'Ｓａｋｕ']],
  ];
  for (const [, body] of people) await create(body);
  for (const [script, body, queries] of people) {
    const own = await ids(Object.values(body)[0]!);
    expect([script, own.length]).toEqual([script, 1]);
    for (const q of queries) expect([q, (await ids(q))[0]]).toEqual([q, own[0]]);
  }
});

test('exact matches come before prefixes, and those before similar ones', async () => {
  const { create, search } = await fresh();
  for (const name of ['Anna Tanaka', 'Anna Tang', 'Anna Tan', 'Tan Anna Lee', 'Anna Ten', 'Anne Tan', 'Bob Miller'])
    await create({ name });
  const found = await search('anna tan');
  expect(found.map(({ name, match }) => [name, match.how])).toEqual([
    ['Anna Tan', 'exact'],
    ['Tan Anna Lee', 'exact'],
    ['Anna Tanaka', 'prefix'],
    ['Anna Tang', 'prefix'],
    ['Anna Ten', 'similar'],
    ['Anne Tan', 'similar'],
  ]);
  const similarity = found.map(({ match }) => match.similarity);
  expect(similarity.slice(0, 4)).toEqual([1, 1, 1, 1]);
  expect(similarity[4]).toBeLessThan(1);
});

test('typing errors, similar sounds and short forms are found', async () => {
  const { create, names } = await fresh();
  for (const name of ['Arjun Balakrishnan', 'Catherine Meyer', 'Robert Shepherdson', 'Wei Ling Tan', 'Min-jun Kim'])
    await create({ name });
  for (const [q, name] of [
    ['arjun balakrishan', 'Arjun Balakrishnan'],
    ['ajrun balakrishnan', 'Arjun Balakrishnan'],
    ['rjun balakrishnan', 'Arjun Balakrishnan'],
    ['arjun valakrishnan', 'Arjun Balakrishnan'],
    ['arjun alakrishnan', 'Arjun Balakrishnan'],
    ['arjun xbalakrishnan', 'Arjun Balakrishnan'],
    ['arjun ablakrishnan', 'Arjun Balakrishnan'],
    ['arjum balakrishmam', 'Arjun Balakrishnan'],
    ['balakrishnna', 'Arjun Balakrishnan'],
    ['alakrishnan', 'Arjun Balakrishnan'],
    ['katherine meyer', 'Catherine Meyer'],
    ['catherine mayer', 'Catherine Meyer'],
    ['bob shepherdson', 'Robert Shepherdson'],
    ['sheperdson', 'Robert Shepherdson'],
    ['wei lign tan', 'Wei Ling Tan'],
    ['tna wei ling', 'Wei Ling Tan'],
    ['minjun kim', 'Min-jun Kim'],
  ]) {
    expect([q, await names(q!)]).toEqual([q, [name]]);
  }
  expect(await names('arjun shepherdson')).toEqual([]);
  expect(await names('bab')).toEqual([]);
});

test('a mistyped address finds similar ones, a complete one no others', async () => {
  const { create, search, ids } = await fresh();
  const ada = await create({ givenName: 'Ada', email: 'ada.tan@gmail.com' });
  await create({ givenName: 'Ad', email: 'ada.tam@gmail.com' });
  expect(await ids('ada.tan@gmail.com')).toEqual([ada]);
  const near = await search('ada.tann@gmail.con');
  expect(near.map(({ id, match }) => [id, match.by, match.how])[0]).toEqual([ada, 'email', 'similar']);
});

test('pages of a search have no gap and no repetition, whatever the customers are found by', async () => {
  const { create, everyPage } = await fresh();
  const all: string[] = [];
  for (let nth = 0; nth < 14; nth++) {
    all.push(
      await create({ name: `Tan ${['Ada', 'Adam', 'Tan'][nth % 3]} Tanner ${nth}`, email: `tan${nth}@t.example` }),
    );
  }
  for (let nth = 0; nth < 6; nth++)
    all.push(await create({ name: `Ada Tan`, kind: nth % 2 ? 'person' : 'organisation' }));
  const tans = await everyPage('tan', 3);
  expect([tans.length, new Set(tans)]).toEqual([20, new Set(all)]);
  for (const limit of [1, 2, 7, 100]) {
    const found = await everyPage('tan ad', limit);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(16);
  }
  expect(await everyPage('tan ad', 2)).toEqual(await everyPage('tan ad', 100));
  expect((await everyPage('ada tan', 1, { kind: 'organisation' })).length).toBe(3);
});

test('similar customers are paged too', async () => {
  const { create, everyPage } = await fresh();
  for (let nth = 0; nth < 5; nth++) await create({ name: 'Arjun Balakrishnan' });
  const one = await everyPage('arjun balakrishna', 100);
  expect(one.length).toBe(5);
  for (const limit of [1, 2, 4, 5]) expect(await everyPage('arjum balakrishnan', limit)).toEqual(one.toSorted());
});

test('persons only, or organisations only, are found on request', async () => {
  const { create, ids, ask, crm } = await fresh();
  const company = await create({ kind: 'organisation', name: 'Tan Motor Works Pte Ltd' });
  const person = await create({ givenName: 'Motor', familyName: 'Tan' });
  expect(await ids('tan motor', { kind: 'organisation' })).toEqual([company]);
  expect(await ids('tan motor', { kind: 'person' })).toEqual([person]);
  expect(await ids('works motor tan')).toEqual([company]);
  expect(await ids(company, { kind: 'person' })).toEqual([]);
  const list = await crm.ask('GET /v1/customers', { query: { kind: 'organisation' } });
  expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([company]);
  expect((await ask('tan', { kind: 'robot' })).status).toBe(422);
  const both = await crm.ask('GET /v1/customers', { query: { kind: 'person', email: 'a@b.example' } });
  expect([both.status, both.body.errors[0].path]).toEqual([422, 'kind']);
});

test('a merged customer is found as the survivor by all its identifiers, and a renamed one by the new name', async () => {
  const { crm, create, ids } = await fresh();
  const kept = await create({ name: 'Ada Tan', email: 'ada@one.example', phone: '+6591234567' });
  const gone = await create({
    name: 'Adeline Wong',
    email: 'adeline@two.example',
    phone: '+6588887777',
    externalId: 'x-2',
  });
  const merged = await crm.ask('POST /v1/customers/{id}/merge', { params: { id: kept }, body: { from: gone } });
  expect(merged.status).toBe(200);
  for (const q of ['adeline@two.example', 'adeline@', '@two.example', '88887777', 'x-2', gone])
    expect([q, await ids(q)]).toEqual([q, [kept]]);
  expect(await ids('adeline wong')).toEqual([]);
  const bob = await create({ name: 'Bob Miller', phone: '+6567776666' });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: bob }, body: { name: 'Bob Muster', phone: null } });
  expect(await ids('bob miller')).toEqual([]);
  expect(await ids('muster bob')).toEqual([bob]);
  expect(await ids('7776666')).toEqual([]);
});

test('another tenant’s customers are never found', async () => {
  const { create } = await fresh();
  const other = await fresh();
  const id = await create({ name: 'Ada Tan', email: 'ada@acme.example', phone: '+6591234567', externalId: 'x-1' });
  for (const q of ['ada tan', 'ada@acme.example', '@acme.example', '4567', 'x-1', id, 'ada tam'])
    expect([q, await other.ids(q)]).toEqual([q, []]);
});

test('any text is taken literally', async () => {
  const { create, ask } = await fresh();
  await create({ name: 'Ada Tan', email: 'ada@acme.example' });
  const odd = [
    "' OR 1=1 --",
    '#',
    '$',
    '~',
    '@',
    '@@',
    '<>',
    'a#b',
    'entry#customer.name#a',
    '\u0000',
    '\u{10ffff}',
    '%00%',
    '{"$gt":""}',
    '<%= 7*7 %>',
    '\ud800',
    '._.',
    '+',
    '----',
    '()',
    '؟',
    '😀',
    '😀@acme.example',
    '@😀😀',
    '𠮷田',
    '𐐀𐐁𐐂𐐃𐐄',
    '.'.repeat(200),
    'a'.repeat(200),
    'a '.repeat(100),
    '@'.repeat(200),
    '1'.repeat(200),
    '王'.repeat(200),
    'é'.repeat(200),
  ];
  for (const q of odd) expect([q, (await ask(q)).status]).toEqual([q, 200]);
  const crm = await world();
  for (const phone of odd) {
    const query = { phone: phone.slice(0, 40) };
    expect([phone, (await crm.ask('GET /v1/customers', { query })).status]).toEqual([phone, 200]);
  }
  expect((await ask('a'.repeat(201))).status).toBe(422);
  expect((await ask('')).status).toBe(422);
  for (const q of ['...', '?!', ' ', '@']) expect((await ask(q)).body).toEqual({ items: [], nextCursor: null });
  const open = await ask('@gmail.com');
  expect([open.status, open.body.errors[0].path]).toEqual([422, 'q']);
  expect((await ask('ada', { cursor: Buffer.from('9 99 x').toString('base64url') })).body.code).toBe(
    'cursor.malformed',
  );
});
