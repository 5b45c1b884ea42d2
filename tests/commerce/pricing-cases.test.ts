import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decimalsOf } from '../../events/money.ts';
import { isInForce } from '../../functions/commerce/period.ts';
import { amountOf, Price } from '../../functions/commerce/price-books/price-model.ts';
import { charged, chargesOf } from '../../functions/commerce/taxes/charge.ts';
import { type Tax, TaxFields } from '../../functions/commerce/taxes/tax.ts';
import { evaluate } from '../../functions/shared/conditions/condition.ts';
import { decimalText, exact, exactOf, multiply, tenTo } from '../../functions/shared/exact.ts';
import { cents, priceOf } from './price-of.ts';

// biome-ignore lint/suspicious/noExplicitAny: the cases of other projects have a shape each
type Any = any;
type Case = { id: string; kind: string; test: string; in: Any; out: Any };

const cases = readFileSync(new URL('data/pricing-cases.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((text): Case => JSON.parse(text));

const tierModel =
  (model: string) =>
  ({ in: { tiers, quantity }, out }: Case) => {
    const price = Price.parse({ sku: 'A', model, tiers });
    const negative = quantity < 0 ? exact(BigInt(quantity)) : exactOf(quantity);
    expect(decimalText(amountOf(price, negative)!, 6)).toBe(out.amount);
  };

const taxOf = (given: Any, nth: number) => {
  const kinds: Record<string, object> = {
    fixed: { kind: 'fixed', currency: 'EUR', amount: given.amount },
    percent: { kind: 'percent', rate: given.rate },
    percentOfGross: { kind: 'percentOfGross', rate: given.rate },
  };
  const fields = TaxFields.parse({ country: 'DE', ...kinds[given.type], addsToBase: given.addsToBase });
  return { ...fields, id: `tax-${nth}` } as Tax;
};

const eur = (amount: bigint, decimals = 2) => decimalText(exact(amount, tenTo(decimals)), decimals);

const taxed = ({ in: { price, taxes, decimals = 2 }, out }: Case) => {
  const unit = exact(tenTo(decimals));
  const charges = chargesOf(taxes.map(taxOf), ({ amount = 0 }) => multiply(exactOf(amount), unit));
  const taxIncluded = taxes.some((one: Any) => one.included);
  const found = charged(multiply(exactOf(price), unit), { taxIncluded, charges });
  expect([eur(found.net, decimals), eur(found.gross, decimals)]).toEqual([out.net, out.gross]);
  const amounts = out.taxes.map(([, amount]: [string, string]) => amount);
  expect(found.taxes.map(({ amount }) => eur(amount, decimals))).toEqual(amounts);
};

/** lines with discounts of their own, each as a promotion for it */
const totalsOf = (lines: Any[]) => {
  const skus = lines.map((_, nth) => `sku-${nth}`);
  const rates = [...new Set(lines.map(({ taxRate }) => taxRate))];
  return priceOf({
    lines: lines.map(({ quantity }, nth) => ({ sku: skus[nth]!, quantity })),
    products: lines.map(({ taxRate }, nth) => ({ sku: skus[nth], name: 'x', taxCategory: `rate-${taxRate}` })),
    taxes: rates.map(rate => ({ category: `rate-${rate}`, rate })),
    books: [
      {
        prices: lines.map(({ unit, taxIncluded = false }, nth) => ({
          ...{ sku: skus[nth], model: 'perUnit', unit, taxIncluded },
        })),
        promotions: lines.flatMap(({ discount }, nth) =>
          discount ? [{ id: `p-${nth}`, when: { skus: [skus[nth]] }, off: { amount: discount } }] : [],
        ),
      },
    ],
  });
};

const near = (amount: bigint, wanted: number, lines: number) =>
  expect(Math.abs(Number(amount) - wanted * 100)).toBeLessThanOrEqual(0.5 * lines);

const totals = ({ in: { lines, shipping = [] }, out }: Case) => {
  const found = totalsOf(lines);
  if (out.total !== undefined) {
    expect(found.gross).toBe(cents(out.total));
    near(found.net, out.subtotal, lines.length);
    near(found.tax, out.tax, lines.length);
  }
  const parts = [...(out.items ?? out.lines ?? []), ...(out.shipping ?? [])];
  const all = shipping.length ? [...found.lines, ...totalsOf(shipping).lines] : found.lines;
  for (const [nth, part] of parts.entries()) {
    expect(all[nth]?.gross).toBe(cents(part.total));
    if (part.tax !== undefined) near(all[nth]!.tax, part.tax, 1);
  }
  if (out.itemTotal) expect(found.gross).toBe(cents(out.itemTotal));
  if (out.shippingTotal) expect(totalsOf(shipping).gross).toBe(cents(out.shippingTotal));
};

const specificity = ({ product, category }: Any) => (product ? 0 : category ? 1 : 2);

/** rules of which the most specific one counts: a book for each, in that order, whose promotion stops the later ones */
const pricelist = ({ in: { rules, product, quantity, date, listPrice, categories }, out }: Case) => {
  const inForce = rules.filter(
    (rule: Any) => (rule.from ? date !== null && isInForce(rule, date) : true) && rule.percentOff,
  );
  const covered = ({ product: only, category }: Any) =>
    only ? [only] : category ? Object.keys(categories).filter(name => categories[name] === category) : undefined;
  const found = priceOf({
    lines: [{ sku: product, quantity }],
    books: [
      ...inForce
        .toSorted((a: Any, b: Any) => specificity(a) - specificity(b))
        .map((rule: Any, nth: number) => ({
          promotions: [
            {
              ...{ id: `rule-${nth}`, stop: true, off: { percent: rule.percentOff } },
              when: { skus: covered(rule), minQuantity: rule.minQuantity },
            },
          ],
        })),
      { prices: [{ sku: product, model: 'perUnit', unit: listPrice }] },
    ],
  });
  expect(found.net).toBe(cents(out.unitPrice));
};

/** books with a condition each, by the priority of their rule */
const pricingRule = ({ in: given, out }: Case) => {
  const { rules = [], item = 'A', customer, campaign, boxes, listPrice = 100, marginPercent } = given;
  const [, parent] = /^variant of (.*)/.exec(item) ?? [];
  const sku = parent ?? item;
  const quantity = boxes ? boxes * 5 : 1;
  const facts = { attributes: { customer, campaign }, now: '2026-12-01T00:00:00Z' };
  const wanted = ['customer', 'campaign'] as const;
  const applies = (rule: Any) =>
    wanted.every(name => !rule[name] || evaluate({ attribute: name, is: rule[name] }, facts).holds);
  const rank = ({ item: only, priority = 0 }: Any) => -priority * 10 + (only ? 0 : 1);
  const promotions = marginPercent ? [{ id: 'less', off: { percent: given.percentOff } }] : [];
  const found = priceOf({
    lines: [{ sku, quantity, ...(marginPercent ? { choices: { margin: 'yes' } } : {}) }],
    products: marginPercent
      ? [{ sku, name: sku, options: [{ id: 'margin', values: [{ id: 'yes', price: { percent: marginPercent } }] }] }]
      : [],
    books: [
      ...rules
        .filter(applies)
        .toSorted((a: Any, b: Any) => rank(a) - rank(b))
        .map(({ item: only, percentOff, minQuantity, maxQuantity }: Any) => ({
          promotions: [
            {
              id: 'rule',
              stop: true,
              off: { percent: percentOff },
              when: { skus: only && [only], minQuantity, maxQuantity },
            },
          ],
        })),
      { prices: [{ sku, model: 'perUnit', unit: listPrice }], promotions },
    ],
  });
  const [line] = found.lines;
  const unit = out.unitPrice ?? 100 - out.percentOff;
  expect(found.net).toBe(cents(unit) * BigInt(quantity));
  if (out.withMargin) expect([line?.list, line?.line.discounts[0]?.amount]).toEqual([cents(1100), cents(out.discount)]);
};

const promotionsOf: Record<string, object> = {
  'buy 3 get 1 free': { off: { buy: 3, free: 1 } },
  '20 % off cabinet when net >= 320': { off: { percent: 20 }, when: { skus: ['cabinet'], minNet: 320 } },
  '20 % off cabinet, at most 200': { off: { percent: 20, max: 200 }, when: { skus: ['cabinet'] } },
};

const promoted = ({ in: { lines, promotions }, out }: Case) => {
  const found = priceOf({
    lines: lines.map(({ product, quantity }: Any) => ({ sku: product, quantity })),
    products: lines.map(({ product, taxRate = 0 }: Any) => ({
      sku: product,
      name: product,
      taxCategory: `rate-${taxRate}`,
    })),
    taxes: lines.map(({ taxRate = 0 }: Any) => ({ category: `rate-${taxRate}`, rate: taxRate })),
    books: [
      {
        prices: lines.map(({ product, unit, taxIncluded = false }: Any) => ({
          ...{ sku: product, model: 'perUnit', unit, taxIncluded },
        })),
        promotions: promotions.map((name: string, nth: number) => ({ id: `p-${nth}`, ...promotionsOf[name] })),
      },
    ],
  });
  const sum = (pick: (line: (typeof found.lines)[number]) => bigint) =>
    found.lines.reduce((all, line) => all + pick(line), 0n);
  const discount = sum(({ line }) => line.discounts.reduce((all, one) => all + one.amount, 0n));
  const actual: Record<string, unknown> = {
    freeUnits: Number(sum(({ line }) => line.free)),
    discount: eur(discount),
    discountNet: eur(discount),
    ...{ net: eur(found.net), tax: eur(found.tax), total: eur(found.gross) },
  };
  const trimmed = (value: unknown) => (typeof value === 'string' ? decimalText(exactOf(value), 2) : value);
  for (const [name, value] of Object.entries(out))
    if (name in actual) expect([name, actual[name]]).toEqual([name, trimmed(value)]);
};

const spread = ({ in: { lines, documentDiscount } }: Case) => {
  const found = priceOf({
    lines: lines.map(([, quantity]: Any, nth: number) => ({ sku: `s-${nth}`, quantity })),
    taxes: [{ rate: '19' }],
    books: [
      {
        prices: lines.map(([unit]: Any, nth: number) => ({ sku: `s-${nth}`, model: 'perUnit', unit })),
        promotions: [{ id: 'all', off: { amount: documentDiscount } }],
      },
    ],
  });
  const all = found.lines.map(({ line }) => line.discounts[0]?.amount ?? 0n);
  expect(all.reduce((sum, one) => sum + one, 0n)).toBe(cents(documentDiscount));
  expect(found.lines.reduce((sum, { tax }) => sum + tax, 0n)).toBe(found.tax);
  near(found.tax, (Number(found.net) * 0.19) / 100, lines.length);
};

const kinds: Record<string, (one: Case) => void> = {
  graduated: tierModel('graduated'),
  volume: tierModel('volume'),
  graduatedPercentage: tierModel('graduatedPercentage'),
  package: ({ in: { size, amount, free, quantity }, out }) => {
    const price = Price.parse({ sku: 'A', model: 'package', unit: amount, size, free });
    expect(decimalText(amountOf(price, exactOf(quantity))!, 6)).toBe(out.amount);
  },
  tax: taxed,
  totals,
  pricelist,
  pricingRule,
  promotion: promoted,
  minorUnits: ({ in: { currency }, out }) => expect(decimalsOf(currency)).toBe(out.exponent),
  rounding: spread,
};

test.each(cases.map(one => [one.id, one.test, one] as const))('%s %s', (_, __, one) => kinds[one.kind]!(one));

test('all cases are there', () => expect(cases.length).toBe(46));
