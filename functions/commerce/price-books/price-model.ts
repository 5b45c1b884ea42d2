import * as z from 'zod';
import {
  add,
  ceilingOf,
  Decimal,
  divide,
  type Exact,
  exact,
  exactOf,
  isBelow,
  isZero,
  leastOf,
  multiply,
  Positive,
  subtract,
  zero,
} from '../../shared/exact.ts';
import { line } from '../../shared/fields.ts';

const Tier = z.strictObject({
  upTo: Positive.nullable().describe('the quantity up to which it holds, inclusive; null: any'),
  unit: Decimal.optional(),
  flat: Decimal.optional(),
  ratePercent: Decimal.optional().describe('of `graduatedPercentage`: percent of the quantity, which is an amount'),
});
type Tier = z.output<typeof Tier>;

const models = {
  flat: { needs: ['unit'], takes: [] },
  perUnit: { needs: ['unit'], takes: [] },
  graduated: { needs: ['tiers'], takes: [] },
  volume: { needs: ['tiers'], takes: [] },
  package: { needs: ['unit', 'size'], takes: ['free'] },
  graduatedPercentage: { needs: ['tiers'], takes: [] },
} as const satisfies Record<string, { needs: string[]; takes: string[] }>;
type Model = keyof typeof models;

const own = ['unit', 'tiers', 'size', 'free'] as const;

export const Sku = line(100);

const PriceFields = z.strictObject({
  sku: Sku,
  model: z
    .enum(Object.keys(models) as Model[])
    .describe('flat: the same for any quantity · package: `unit` for each package of `size` that is begun'),
  unit: Decimal.optional(),
  tiers: z.array(Tier).min(1).max(100).optional(),
  size: Positive.optional(),
  free: Decimal.optional().describe('the quantity that is free before the first package'),
  taxIncluded: z.boolean().default(false),
  floor: Decimal.optional().describe('the least net price of a unit, such as its cost; a line below it is flagged'),
});

type Fault = [path: (string | number)[], message: string];

const tierFaults = (model: Model, tiers: Tier[] = []): Fault[] =>
  tiers.flatMap(({ upTo, unit, flat, ratePercent }, nth): Fault[] => {
    const at = (name: string) => ['tiers', nth, name];
    const before = tiers[nth - 1]?.upTo;
    const [amount, stray] = model === 'graduatedPercentage' ? ['ratePercent', unit] : ['unit', ratePercent];
    const lacks = (amount === 'unit' ? unit : ratePercent) === undefined && flat === undefined;
    return [
      ...(before === null ? [[at('upTo'), 'follows a tier without an end'] satisfies Fault] : []),
      ...(before && upTo !== null && !isBelow(exactOf(before), exactOf(upTo))
        ? [[at('upTo'), `must be above ${before}, the end of the tier before`] satisfies Fault]
        : []),
      ...(lacks ? [[at(amount), 'is needed, or flat'] satisfies Fault] : []),
      ...(stray === undefined
        ? []
        : [[at(amount === 'unit' ? 'ratePercent' : 'unit'), `does not belong with ${model}`] satisfies Fault]),
    ];
  });

const faultsOf = (price: z.output<typeof PriceFields>): Fault[] => {
  const { needs, takes } = models[price.model] as { needs: readonly string[]; takes: readonly string[] };
  return [
    ...needs
      .filter(name => price[name as 'unit'] === undefined)
      .map(name => [[name], `is needed for ${price.model}`] satisfies Fault),
    ...own
      .filter(name => price[name] !== undefined && !needs.includes(name) && !takes.includes(name))
      .map(name => [[name], `does not belong with ${price.model}`] satisfies Fault),
    ...tierFaults(price.model, price.tiers),
  ];
};

/** What a quantity of a sku costs, in decimals of the currency's major unit. */
export const Price = PriceFields.superRefine((price, context) => {
  for (const [path, message] of faultsOf(price)) context.addIssue({ code: 'custom', path, message });
});
export type Price = z.output<typeof Price>;

const numberOf = (value: Decimal | undefined) => exactOf(value ?? 0);
const rateOf = ({ unit, ratePercent }: Tier) =>
  ratePercent === undefined ? numberOf(unit) : divide(numberOf(ratePercent), exact(100n));

const tierAmount = (tier: Tier, quantity: Exact) => add(numberOf(tier.flat), multiply(rateOf(tier), quantity));

/** each part of the quantity at the price of its tier; the first tier is owed whatever the quantity */
const graduated = (tiers: Tier[], quantity: Exact): Exact | undefined => {
  let [amount, from] = [zero, zero];
  for (const [nth, tier] of tiers.entries()) {
    const to = tier.upTo === null ? quantity : leastOf(quantity, exactOf(tier.upTo));
    if (nth === 0 || isBelow(from, quantity)) amount = add(amount, tierAmount(tier, subtract(to, from)));
    if (!isBelow(to, quantity)) return amount;
    from = to;
  }
  return undefined;
};

/** the whole quantity at the price of the tier that it reaches */
const volume = (tiers: Tier[], quantity: Exact): Exact | undefined => {
  const tier = tiers.find(({ upTo }) => upTo === null || !isBelow(exactOf(upTo), quantity));
  return tier && tierAmount(tier, quantity);
};

/** what a quantity costs, in major units; undefined where its tiers do not go so far */
export const amountOf = (price: Price, quantity: Exact): Exact | undefined => {
  const { model, tiers = [] } = price;
  const unit = numberOf(price.unit);
  if (isBelow(quantity, zero)) return zero;
  if (model === 'flat') return unit;
  if (model === 'perUnit') return multiply(unit, quantity);
  if (model === 'graduated') return graduated(tiers, quantity);
  if (model === 'volume') return volume(tiers, quantity);
  if (model === 'graduatedPercentage') return isZero(quantity) ? zero : graduated(tiers, quantity);
  const paid = subtract(quantity, numberOf(price.free));
  return isBelow(zero, paid) ? multiply(unit, exact(ceilingOf(divide(paid, numberOf(price.size))))) : zero;
};
