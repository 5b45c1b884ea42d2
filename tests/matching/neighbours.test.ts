import { expect, test } from 'vitest';
import { StoredCustomer } from '../../functions/customers/customer.ts';
import { keysOf, near } from '../../functions/customers/lookups/blocking.ts';
import { subjectOf } from '../../functions/customers/lookups/subject.ts';
import { mostTurns } from '../../functions/customers/normalise.ts';
import { neighbours } from '../../functions/matching/neighbours.ts';
import { contradictions, score } from '../../functions/matching/score.ts';
import { pickSurvivor } from '../../functions/merging/merge.ts';

let made = 0;

const customer = (profile: Partial<StoredCustomer>): StoredCustomer => {
  const at = '2026-01-01T00:00:00.000Z';
  const id = `cus_${String(made++).padStart(26, '0')}`;
  return StoredCustomer.parse({ id, kind: 'person', version: 1, createdAt: at, updatedAt: at, ...profile });
};

const ada = {
  givenName: 'Ada',
  familyName: 'Tan',
  dateOfBirth: '1984-03-09',
  phone: '+6561234567',
  address: { line1: '12 Long Street', locality: 'Bath', postcode: 'BA1 2AB' },
};

const against = (a: Partial<StoredCustomer>, b: Partial<StoredCustomer>) => {
  const [one, other] = [subjectOf(customer(a)), subjectOf(customer(b))];
  return contradictions(one, other, score(one, other));
};

test('a typing error contradicts nothing; another number, birthday or given name does', () => {
  expect(against(ada, { ...ada, givenName: 'Aad', dateOfBirth: '1984-09-03' })).toEqual([]);
  expect(against(ada, { ...ada, givenName: 'Tan', familyName: 'Ada' })).toEqual([]);
  expect(against(ada, { ...ada, familyName: 'Lim', phone: '+6569999999', address: {} })).toEqual([]);
  expect(against(ada, { ...ada, givenName: 'Charles', dateOfBirth: '1950-12-31' })).toEqual([
    'different given names',
    'different dates of birth',
  ]);
  const [national, loyalty] = [{ national: 'S1234567D' }, { loyalty: 'G-1' }];
  expect(against({ ...ada, identifiers: national }, { ...ada, identifiers: { national: 'S1234567E' } })).toEqual([
    'different national numbers',
  ]);
  expect(against({ ...ada, identifiers: loyalty }, { ...ada, identifiers: { loyalty: 'G-2' } })).toEqual([]);
  expect(against({ ...ada, identifiers: national }, { ...ada, identifiers: { national: 's1234567d ' } })).toEqual([]);
});

test('a customer is compared by all numbers of those that were merged into it', () => {
  const phone = '+6569876543';
  const merged = { ...ada, mergedIdentifiers: { phone: [ada.phone, phone], email: [], externalId: [] } };
  const [one, other] = [subjectOf(customer(merged)), subjectOf(customer({ ...ada, phone }))];
  expect(score(one, other).evidence.map(({ words }) => words)).toContain('same phone number');
});

test('an id that only a public key names is no evidence of its source', () => {
  const from = (source: string) => {
    const origins = [{ source: 'api', observedAt: '2026-01-01T00:00:00.000Z' }];
    const named = { source, observedAt: '2026-01-01T00:00:00.000Z' };
    const provenance = { origins: [...origins, named], from: { externalId: 1 } };
    return subjectOf(customer({ ...ada, externalId: 'u-1', provenance })).sourceIds;
  };
  expect(from('erp')).toEqual({ erp: 'u-1' });
  expect(from('tracking:key_1')).toEqual({});
});

test('the record with more merged records stays, else the older', () => {
  const [first, second] = [customer(ada), customer(ada)];
  expect(pickSurvivor(second, first)).toBe(first);
  const older = { ...second, createdAt: '2025-01-01T00:00:00.000Z' };
  expect(pickSurvivor(first, older)).toBe(older);
  const known = { ...first, mergedIdentifiers: { phone: [ada.phone, '+6569876543'], email: [], externalId: [] } };
  expect(pickSurvivor(known, older)).toBe(known);
});

const block = (name: string, id: number) => ({ value: `person born 19840309|${name}`, id: `cus_${id}` });

test('a small block is compared whole, of a larger one the names that touch, of a large one the nearest of them', () => {
  const few = Array.from({ length: near.small }, (_, nth) => block(`${'bcdfghjlmn'[nth]}`.repeat(6), nth));
  expect(neighbours('block', few, 0)).toHaveLength((near.small * (near.small - 1)) / 2);
  const more = [...few, block('qqqqqq', 90), block('qqqqqr', 91)];
  expect(neighbours('block', more, 0)).toEqual([['cus_90', 'cus_91']]);
  const many = Array.from({ length: near.block + 10 }, (_, nth) => block('tan ada', 100 + nth));
  const backwards = many.map((_, nth) => Math.min(nth, near.eitherSide)).reduce((sum, one) => sum + one, 0);
  expect(neighbours('block', many, 0)).toHaveLength(backwards);
});

test('rows compared with the page before are not compared again', () => {
  const rows = ['tan ada', 'tan adah', 'tan adda'].map(block);
  expect(neighbours('block', rows, 2)).toEqual([
    ['cus_0', 'cus_2'],
    ['cus_1', 'cus_2'],
  ]);
  expect(neighbours('block', rows, 3)).toEqual([]);
});

test('a shared telephone is enough to be compared, a name needs a similar word for each of its words', () => {
  const phone = ['+6561234567', '+6561234567', '+6561234568'].map((value, id) => ({ value, id: `cus_${id}` }));
  expect(neighbours('phone', phone, 0)).toEqual([['cus_0', 'cus_1']]);
  const names = ['tan ada', 'tan adda', 'tan charles'].map((value, id) => ({ value, id: `cus_${id}` }));
  expect(neighbours('name', names, 0)).toEqual([['cus_0', 'cus_1']]);
});

test('namesakes are compared at one rotation of their name, similar names at each', () => {
  const at = (...values: string[]) =>
    neighbours(
      'name',
      values.map((value, id) => ({ value, id: `cus_${id}` })),
      0,
    ).length;
  expect([at('ada tan', 'ada tan'), at('tan ada', 'tan ada')]).toEqual([1, 0]);
  expect([at('ada tan', 'ada tann'), at('tan ada', 'tann ada')]).toEqual([1, 1]);
  expect([at('ada', 'ada'), at('ada ada', 'ada ada')]).toEqual([1, 1]);
  const long = Array.from({ length: mostTurns + 1 }, (_, nth) => `word${nth}x`).join(' ');
  expect([at(long, long), at(`zero ${long}`, `zero ${long}`)]).toEqual([1, 1]);
});

test('a record has few keys, and none for missing values', () => {
  expect(keysOf(subjectOf(customer({ givenName: 'Ada' })))).toEqual([]);
  expect(keysOf(subjectOf(customer({ ...ada, email: 'ada@example.com', identifiers: { national: '1' } })))).toEqual([
    'person id 1|tan ada',
    'person born 19840309|tan ada',
    'person place 12 long |tan ada',
    'person mail ada|tan ada',
  ]);
});
