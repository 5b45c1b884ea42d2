import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configured, productFaults } from '../../functions/commerce/products/faults.ts';
import {
  type Choices,
  type Constraint,
  imageOf,
  type Match,
  type Option,
  valuesOf,
} from '../../functions/commerce/products/options.ts';
import { choosable, modelOf, solverOf } from '../../functions/commerce/products/solve.ts';

const names = ['a', 'b', 'c', 'd'];
const option = (id: string) =>
  fc.record({ required: fc.boolean(), count: fc.integer({ min: 1, max: 3 }) }).map(
    ({ required, count }): Option => ({
      id,
      required,
      values: Array.from({ length: count }, (_, nth) => ({ id: `v${nth}` })),
    }),
  );
const match: fc.Arbitrary<Match> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.subarray(['v0', 'v1', 'v2'], { minLength: 1 })), {
    minLength: 1,
    maxLength: 2,
    selector: ([name]) => name,
  })
  .map(all => Object.fromEntries(all));
const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({ if: match, requires: match }),
  fc.record({ if: match, excludes: match }),
  fc.record({ atMost: fc.integer({ min: 0, max: 3 }), of: match }),
);
const parts = fc.record({
  options: fc.tuple(...names.map(option)).map(all => all as Option[]),
  constraints: fc.array(constraint, { maxLength: 5 }),
});

const has = (choices: Choices, [option, values]: [string, Match[string]]) =>
  valuesOf(values).includes(choices[option] ?? '');
const literals = (given: Match = {}) => Object.entries(given);

/** the same rules, read plainly */
const isAllowed = (choices: Choices, { if: when, requires, excludes, atMost, of }: Constraint) => {
  if (atMost !== undefined) return literals(of).filter(one => has(choices, one)).length <= atMost;
  if (!literals(when).every(one => has(choices, one))) return true;
  return literals(requires).every(one => has(choices, one)) && !literals(excludes).some(one => has(choices, one));
};

const allChoices = (options: Option[]): Choices[] =>
  options.reduce<Choices[]>(
    (all, { id, required, values }) =>
      all.flatMap(one => [...values.map(value => ({ ...one, [id]: value.id })), ...(required ? [] : [one])]),
    [{}],
  );

test('what can be chosen is what some allowed configuration has', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(...names), fc.constantFrom('v0', 'v1'), (given, name, value) => {
      const allowed = allChoices(given.options).filter(one => given.constraints.every(rule => isAllowed(one, rule)));
      const model = modelOf(given);
      expect(solverOf(model).solution({}) !== undefined).toBe(allowed.length > 0);
      const known = given.options.some(one => one.id === name && one.values.some(({ id }) => id === value));
      const choices = known ? { [name]: value } : {};
      for (const { option, value: wanted, possible } of choosable(model, choices)) {
        const all = { ...choices, [option]: wanted };
        const some = allowed.some(one => Object.entries(all).every(([id, chosen]) => one[id] === chosen));
        expect(possible, `${option}=${wanted}`).toBe(some);
      }
    }),
    { numRuns: 300 },
  );
});

const colours: Option = { id: 'colour', required: true, values: [{ id: 'red' }, { id: 'white' }] };
const yes = (id: string): Option => ({ id, required: false, values: [{ id: 'yes' }] });
const faults = (constraints: Constraint[], options = [colours, yes('roof'), yes('bar')]) =>
  productFaults({ options, constraints, images: [] }).map(({ path }) => path.join('.'));

test('constraints that name nothing, go in a circle or leave nothing are refused with their place', () => {
  expect(faults([{ if: { colour: 'blue' }, requires: { rof: 'yes' } }])).toEqual([
    'constraints.0.if.colour',
    'constraints.0.requires.rof',
  ]);
  const circle: Constraint[] = [
    { if: { roof: 'yes' }, requires: { bar: 'yes' } },
    { if: { bar: 'yes' }, requires: { roof: 'yes' } },
  ];
  expect(faults(circle)).toEqual(['constraints.1']);
  const nothing: Constraint[] = [
    { if: { colour: 'red' }, excludes: { colour: 'red' } },
    { atMost: 0, of: { colour: 'white' } },
  ];
  expect(faults(nothing)).toEqual(['constraints.1']);
  expect(faults([{ if: { roof: 'yes' }, excludes: { colour: ['red', 'white'] } }])).toEqual(['options.1.values.0']);
  expect(faults([], [colours, colours])).toEqual(['options.1.id']);
});

test('choices show what they exclude, what is missing, and the image that names most of them', () => {
  const product: Parameters<typeof configured>[0] = {
    options: [colours, yes('roof'), yes('bar')],
    constraints: [
      { if: { roof: 'yes' }, requires: { colour: 'white' }, message: 'a glass roof comes with white' },
      { atMost: 1, of: { roof: 'yes', bar: 'yes' } },
    ],
    images: [
      { key: 'any' },
      { key: 'roof', when: { roof: 'yes' } },
      { key: 'white-roof', when: { roof: 'yes', colour: 'white' } },
    ],
  };
  const roof = configured(product, { roof: 'yes' });
  expect(roof).toMatchObject({ valid: true, complete: false, missing: ['colour'], image: 'roof' });
  const values = (id: string) =>
    roof.options.find(one => one.id === id)?.values.map(one => [one.id, one.possible, one.reason]);
  expect(values('colour')).toEqual([
    ['red', false, 'a glass roof comes with white'],
    ['white', true, undefined],
  ]);
  expect(values('bar')).toEqual([['yes', false, 'constraints.1 forbids it']]);
  expect(configured(product, { roof: 'yes', colour: 'white' })).toMatchObject({ complete: true, image: 'white-roof' });
  const wrong = configured(product, { roof: 'yes', colour: 'red' });
  expect([wrong.valid, wrong.errors[0]?.constraint]).toEqual([false, 0]);
  expect(configured(product, { roof: 'no' }).errors.map(({ path }) => path)).toEqual(['choices.roof']);
  expect(imageOf([], {})).toBe(null);
});
