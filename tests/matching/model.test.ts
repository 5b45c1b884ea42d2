import { expect, test } from 'vitest';
import type { StoredCustomer } from '../../functions/customers/customer.ts';
import { subjectOf } from '../../functions/customers/lookups/subject.ts';
import * as comparisons from '../../functions/matching/comparisons.ts';
import { bitsOf, probabilityOf, weightOf } from '../../functions/matching/fellegi-sunter.ts';
import { score } from '../../functions/matching/score.ts';
import { type Estimate, estimate, probabilityAt } from './estimate.ts';

test('evidence adds up to a probability', () => {
  expect(weightOf({ m: 0.9, u: 0.1 })).toBeCloseTo(Math.log2(9), 10);
  expect(probabilityOf(bitsOf(0.3))).toBeCloseTo(0.3, 10);
  // the example of Splink's documentation
  const bits = -6.67 + 4.74 + 6.49 - 1.97 - 1.12 + 8.0;
  expect(probabilityOf(bits)).toBeCloseTo(0.999, 3);
});

test('the odds of all outcomes of a comparison add up to one', () => {
  const all = Object.values(comparisons).filter(one => typeof one === 'object');
  expect(all.length).toBeGreaterThan(10);
  for (const { levels } of all) {
    expect(levels.reduce((sum, { m }) => sum + m, 0)).toBeCloseTo(1, 10);
    expect(levels.reduce((sum, { u }) => sum + u, 0)).toBeCloseTo(1, 10);
    const weights = levels.map(weightOf);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  }
});

// the numbers behind Splink's test data known_params_comparison_vectors.csv: 4,000 pairs in exactly these proportions
const known = { share: 0.5, m: [0.7, 0.9, 0.95], u: [0.1, 0.025, 0.2] };

const outcomes = Array.from({ length: 8 }, (_, nth) => [4, 2, 1].map(bit => (nth & bit ? 1 : 0)));

const chance = (agreeing: number[], levels: number[]) =>
  levels.reduce((product, level, nth) => product * (level ? agreeing[nth]! : 1 - agreeing[nth]!), 1);

const pairs = outcomes.map(levels => ({
  levels,
  count: Math.round(2000 * chance(known.m, levels) + 2000 * chance(known.u, levels)),
}));

const startAt = (share: number, m: number, u: number): Estimate => ({
  share,
  odds: known.m.map(() => [
    { m: 1 - m, u: 1 - u },
    { m, u },
  ]),
});

test.for([
  [0.1, 0.9, 0.1],
  [0.3, 0.6, 0.4],
  [0.8, 0.99, 0.3],
] as const)('the odds are found from pairs alone, starting at %d, %d, %d', ([share, m, u]) => {
  expect(pairs.reduce((sum, { count }) => sum + count, 0)).toBe(4000);
  const found = estimate(pairs, startAt(share, m, u));
  expect(Math.abs(found.share - known.share)).toBeLessThan(0.01);
  for (const [nth, odds] of found.odds.entries()) {
    expect(Math.abs(odds[1]!.m - known.m[nth]!)).toBeLessThan(0.01);
    expect(Math.abs(odds[1]!.u - known.u[nth]!)).toBeLessThan(0.01);
  }
  for (const { levels } of pairs) {
    const one = chance(known.m, levels);
    const truth = one / (one + chance(known.u, levels));
    expect(Math.abs(probabilityAt(found, levels) / truth - 1)).toBeLessThan(0.01);
  }
});

test('a missing value is no evidence', () => {
  const found = estimate([...pairs, { levels: [undefined, undefined, undefined], count: 500 }], startAt(0.3, 0.8, 0.2));
  expect(found.odds[0]![1]!.m).toBeCloseTo(known.m[0]!, 1);
  expect(probabilityAt(found, [undefined, undefined, undefined])).toBeCloseTo(found.share, 10);
});

const person = (profile: Partial<StoredCustomer>) =>
  subjectOf({
    id: 'cus_00000000000000000000000000',
    kind: 'person',
    version: 1,
    createdAt: '',
    updatedAt: '',
    ...profile,
  } as StoredCustomer);

const home = { line1: '12 Long Street', locality: 'Bath', postcode: 'BA1 2AB', country: 'GB' };
const ada = {
  givenName: 'Ada',
  familyName: 'Tan',
  dateOfBirth: '1984-03-09',
  phone: '+6561234567',
  address: home,
} satisfies Partial<StoredCustomer>;

const likely = (a: Partial<StoredCustomer>, b: Partial<StoredCustomer>) => score(person(a), person(b)).probability;

test('one person with typing errors is one', () => {
  expect(likely(ada, { ...ada, givenName: 'Aad', dateOfBirth: '1984-09-03', phone: '+6561234576' })).toBeGreaterThan(
    0.99,
  );
  expect(likely(ada, { ...ada, givenName: 'Tan', familyName: 'Ada' })).toBeGreaterThan(0.99);
  expect(likely({ ...ada, givenName: 'Robert' }, { ...ada, givenName: 'Bob', dateOfBirth: undefined })).toBeGreaterThan(
    0.9,
  );
});

test('a person who moved and changed telephone is still one by the date of birth', () => {
  const moved = { line1: '3 Rue Haute', locality: 'Lille', postcode: '59000', country: 'FR' };
  expect(likely(ada, { ...ada, address: moved, phone: '+33123456789' })).toBeGreaterThan(0.9);
});

test('a household is not one person: neither couples nor namesakes of two generations nor twins', () => {
  expect(likely(ada, { ...ada, givenName: 'Charles', dateOfBirth: '1980-11-30' })).toBeLessThan(0.01);
  expect(likely({ ...ada, dateOfBirth: undefined }, { ...ada, givenName: 'Charles' })).toBeLessThan(0.05);
  expect(likely(ada, { ...ada, givenName: 'Charles' })).toBeLessThan(0.5);
  expect(likely({ familyName: 'Tan', address: home }, ada)).toBeLessThan(0.5);
});

test('an address is one thing, however it is written', () => {
  const written = { ...home, line1: 'Long St 12', line2: '12 Long Street' };
  const [one, other] = [person(ada), person({ ...ada, address: { ...written, line2: 'Long St 12' } })];
  expect([other.street, other.number, other.district]).toEqual([one.street, one.number, undefined]);
  const of = (address: object) => likely({ ...ada, phone: undefined, address }, { ...ada, phone: undefined, address });
  const place = { postcode: 'BA1 2AB' };
  expect(of({ ...place, locality: 'Bath', region: 'Somerset' })).toBeCloseTo(of(place), 6);
});

test('a name alone is not enough', () => {
  expect(likely({ givenName: 'John', familyName: 'Smith' }, { givenName: 'John', familyName: 'Smith' })).toBeLessThan(
    0.5,
  );
});

test('an organisation is compared by its name without its legal form, and its address', () => {
  const acme = {
    kind: 'organisation',
    name: 'Blue Orchid Trading Pte Ltd',
    address: home,
  } satisfies Partial<StoredCustomer>;
  expect(likely(acme, { ...acme, name: 'BLUE ORCHID TRADING' })).toBeGreaterThan(0.9);
  expect(likely(acme, { ...acme, name: 'Red Lotus Holding' })).toBeLessThan(0.05);
});
