import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountOf, Price } from '../../functions/commerce/price-books/price-model.ts';
import { exact, exactOf, isBelow, multiply, subtract } from '../../functions/shared/exact.ts';
import { ApiError } from '../../functions/shared/http/api-error.ts';
import { cents, type Given, priceOf } from './price-of.ts';

const decimal = (most: number, places: number) =>
  fc.nat({ max: most * 10 ** places }).map(n => {
    const digits = String(n).padStart(places + 1, '0');
    return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  });

const skus = ['a', 'b', 'c'];

const price = (sku: string) =>
  fc.record({ unit: decimal(1000, 4), taxIncluded: fc.boolean() }).map(one => ({ sku, model: 'perUnit', ...one }));

const off = fc.oneof(
  fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ percent: fc.integer({ min: 1, max: 100 }), max: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ amount: decimal(500, 2).filter(text => Number(text) > 0) }),
  fc.record({ buy: fc.integer({ min: 1, max: 5 }), free: fc.integer({ min: 1, max: 3 }) }),
);

const promotion = fc.record({
  off,
  when: fc.record({ skus: fc.subarray(skus, { minLength: 1 }), minQuantity: fc.integer({ min: 0, max: 5 }) }),
});

const basket: fc.Arbitrary<Given> = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'BHD'),
  lines: fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: decimal(50, 1) }), {
    minLength: 1,
    maxLength: 8,
  }),
  taxes: fc.array(
    fc.record({ rate: decimal(30, 2), addsToBase: fc.boolean(), kind: fc.constantFrom('percent', 'percentOfGross') }),
    { maxLength: 3 },
  ),
  books: fc
    .tuple(fc.tuple(price('a'), price('b'), price('c')), fc.array(promotion, { maxLength: 4 }))
    .map(([prices, promotions]) => [
      { prices, promotions: promotions.map((one, nth) => ({ id: `p-${nth}`, ...one })) },
    ]),
});

test('a price is the sum of its lines, a line is what it cost less its discounts, and nothing falls below zero', () => {
  fc.assert(
    fc.property(basket, given => {
      const { lines, net, tax, gross } = priceOf(given);
      const sum = (name: 'net' | 'tax' | 'gross') => lines.reduce((all, line) => all + line[name], 0n);
      expect([net, tax, gross]).toEqual([sum('net'), sum('tax'), sum('gross')]);
      for (const { line, list, taxes, ...one } of lines) {
        expect(one.net + one.tax).toBe(one.gross);
        expect(one.net >= 0n && one.tax >= 0n).toBe(true);
        const discounts = line.discounts.reduce((all, { amount }) => all + amount, 0n);
        expect(list - discounts).toBe(line.taxIncluded ? one.gross : one.net);
        expect(taxes.reduce((all, { amount }) => all + amount, 0n)).toBe(one.tax);
      }
    }),
    { numRuns: 300 },
  );
});

test('a line costs the same beside other lines and apart, unless promotions look at lines together', () => {
  fc.assert(
    fc.property(basket, given => {
      const books = given.books.map(({ promotions: _, ...book }) => book);
      const together = priceOf({ ...given, books });
      const apart = given.lines.map(line => priceOf({ ...given, books, lines: [line] }));
      expect(together.gross).toBe(apart.reduce((all, one) => all + one.gross, 0n));
    }),
  );
});

const two = [{ rate: 0 }];
const inOrder = (promotions: object[]) =>
  priceOf({
    lines: [{ sku: 'a' }],
    taxes: two,
    books: [
      {
        prices: [{ sku: 'a', model: 'perUnit', unit: 100 }],
        promotions: promotions.map((off, nth) => ({ id: `p-${nth}`, off })),
      },
    ],
  });

test('promotions apply in their order, each to what the one before left', () => {
  const amounts = (promotions: object[]) => inOrder(promotions).lines[0]?.line.discounts.map(({ amount }) => amount);
  expect(amounts([{ percent: 10 }, { amount: 10 }])).toEqual([1000n, 1000n]);
  expect(amounts([{ amount: 10 }, { percent: 10 }])).toEqual([1000n, 900n]);
  expect(inOrder([{ amount: 10 }, { percent: 10 }]).notes.map(({ promotion }) => promotion)).toEqual(['p-0', 'p-1']);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 }), percents => {
      const exactly = percents.reduce((left, one) => multiply(left, exact(BigInt(100 - one), 100n)), exact(10000n));
      const rounded = (2n * exactly.n + exactly.d) / (2n * exactly.d);
      expect(inOrder(percents.map(percent => ({ percent }))).net).toBe(rounded);
    }),
  );
});

test('a promotion never raises a price, and `max` bounds what it takes off with tax', () => {
  fc.assert(
    fc.property(basket, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 }), (given, max, percent) => {
      const [book] = given.books;
      const plain = priceOf({ ...given, books: [{ ...book, promotions: [] }] });
      const less = priceOf({ ...given, books: [{ ...book, promotions: [{ id: 'p', off: { percent, max } }] }] });
      expect(less.gross <= plain.gross).toBe(true);
      const decimals = { EUR: 100, JPY: 1, BHD: 1000 }[given.currency as 'EUR'];
      // a line is rounded once: half a unit of its amount, and of its tax
      const slack = BigInt(2 * given.lines.length);
      expect(plain.gross - less.gross <= BigInt(max * decimals) + slack).toBe(true);
    }),
  );
});

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 })
  .map(all => all.sort((a, b) => a - b));
const tiered = bounds.chain(ends =>
  fc.array(decimal(100, 3), { minLength: ends.length + 1, maxLength: ends.length + 1 }).map(units => ({
    ends,
    tiers: [...ends, null].map((upTo, nth) => ({ upTo, unit: units[nth] })),
  })),
);

test('graduated prices go on without a jump from tier to tier, and never fall with the quantity', () => {
  fc.assert(
    fc.property(tiered, decimal(1200, 2), decimal(1200, 2), ({ ends, tiers }, one, other) => {
      const graduated = Price.parse({ sku: 'a', model: 'graduated', tiers });
      const at = (quantity: string | number) => amountOf(graduated, exactOf(quantity))!;
      for (const end of ends) {
        const step = subtract(at(`${end}.000001`), at(end));
        expect(isBelow(multiply(exact(101n), exactOf('0.000001')), step)).toBe(false);
      }
      const [less, more] = isBelow(exactOf(one), exactOf(other)) ? [one, other] : [other, one];
      expect(isBelow(at(more), at(less))).toBe(false);
    }),
  );
});

test('packages and units never cost less for more, and an amount off is spread to the last unit', () => {
  fc.assert(
    fc.property(decimal(500, 1), decimal(500, 1), fc.integer({ min: 1, max: 40 }), (one, other, size) => {
      const [less, more] = isBelow(exactOf(one), exactOf(other)) ? [one, other] : [other, one];
      const packed = Price.parse({ sku: 'a', model: 'package', unit: '3', size, free: '4' });
      expect(isBelow(amountOf(packed, exactOf(more))!, amountOf(packed, exactOf(less))!)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 }),
      decimal(100, 2),
      (units, amount) => {
        fc.pre(Number(amount) > 0 && units.reduce((all, one) => all + one, 0) > Number(amount));
        const found = priceOf({
          lines: units.map((_, nth) => ({ sku: `s${nth}` })),
          books: [
            {
              prices: units.map((unit, nth) => ({ sku: `s${nth}`, model: 'perUnit', unit })),
              promotions: [{ id: 'p', off: { amount } }],
            },
          ],
        });
        const all = found.lines.flatMap(({ line }) => line.discounts);
        expect(all.reduce((sum, one) => sum + one.amount, 0n)).toBe(cents(amount));
      },
    ),
  );
});

test('a volume price is that of the tier that the quantity reaches; between two bounds that of the upper', () => {
  const tiers = [
    { upTo: 10, unit: '2' },
    { upTo: '20.5', unit: '1' },
  ];
  const volume = Price.parse({ sku: 'a', model: 'volume', tiers });
  const at = (quantity: string) => amountOf(volume, exactOf(quantity))?.n;
  expect([at('10'), at('20'), at('21')]).toEqual([20n, 20n, undefined]);
  expect(amountOf(volume, exactOf('10.5'))).toEqual(exactOf('10.5'));
});

const thrown = (given: Given) => {
  try {
    priceOf(given);
  } catch (error) {
    if (error instanceof ApiError) return error.more.errors?.map(({ path }) => path);
    throw error;
  }
  return undefined;
};

test('a bundle costs its own price, else what its parts cost; it is below its floor if they are', () => {
  const products = [
    { sku: 'kit', name: 'Kit', bundle: [{ sku: 'a', quantity: 2 }, { sku: 'b' }] },
    { sku: 'a', name: 'A' },
    { sku: 'b', name: 'B' },
  ];
  const prices = [
    { sku: 'a', model: 'perUnit', unit: '1.005', floor: '1' },
    { sku: 'b', model: 'perUnit', unit: '3' },
  ];
  const of = (more: object[], promotions: object[] = []) =>
    priceOf({ products, lines: [{ sku: 'kit', quantity: 2 }], books: [{ prices: [...prices, ...more], promotions }] });
  expect(of([]).net).toBe(1002n);
  expect(of([]).lines[0]?.belowFloor).toBe(false);
  expect(of([], [{ id: 'half', off: { percent: 80 } }]).lines[0]?.belowFloor).toBe(true);
  expect(of([{ sku: 'kit', model: 'perUnit', unit: '4' }]).net).toBe(800n);
  expect(thrown({ products, lines: [{ sku: 'kit' }], books: [{ prices: prices.slice(1) }] })).toEqual(['lines.0.sku']);
});

test('free units count for the floor: what they cost is paid by the others', () => {
  const of = (floor: string) =>
    priceOf({
      lines: [{ sku: 'a', quantity: 3 }],
      books: [
        {
          floor,
          prices: [{ sku: 'a', model: 'perUnit', unit: 10 }],
          promotions: [{ id: 'p', off: { buy: 3, free: 1 } }],
        },
      ],
    }).lines[0];
  expect([of('7.5')?.belowFloor, of('7.51')?.belowFloor, of('1')?.line.free]).toEqual([false, true, 1n]);
});

test('every line that cannot be priced is named, and a sku of two books of one rank', () => {
  const prices = [{ sku: 'a', model: 'perUnit', unit: 1 }];
  expect(thrown({ lines: [{ sku: 'x' }, { sku: 'a' }, { sku: 'y' }], books: [{ prices }] })).toEqual([
    'lines.0.sku',
    'lines.2.sku',
  ]);
  expect(
    thrown({
      lines: [{ sku: 'a' }],
      books: [
        { rank: 1, prices },
        { rank: 1, prices },
      ],
    }),
  ).toEqual(['lines.0.sku']);
  expect(
    thrown({
      lines: [{ sku: 'a' }],
      books: [
        { rank: 1, prices },
        { rank: 2, prices },
      ],
    }),
  ).toBeUndefined();
  expect(thrown({ lines: [{ sku: 'a' }], books: [{ currency: 'SGD', prices }] })).toEqual(['currency']);
  expect(
    thrown({
      lines: [{ sku: 'a', quantity: '999999999999' }],
      books: [{ prices: [{ ...prices[0], unit: '99999999' }] }],
    }),
  ).toEqual(['lines.0.quantity']);
});
