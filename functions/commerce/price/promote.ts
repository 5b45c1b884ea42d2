import {
  allocate,
  divide,
  type Exact,
  exact,
  exactOf,
  floorOf,
  isBelow,
  isZero,
  leastOf,
  multiply,
  rounded,
  subtract,
  sumOf,
} from '../../shared/exact.ts';
import type { Promotion } from '../price-books/promotion.ts';
import { netOf, withTax } from '../taxes/charge.ts';
import { type Basket, type BookInForce, type Line, minor, type Note, type Step, shown } from './line.ts';

type Promoting = {
  promotion: Promotion;
  book: BookInForce & { scale: Exact };
  codes: ReadonlySet<string>;
  currency: string;
};

const isEligible = ({ sku, books, stopped }: Line, { promotion: { when }, book }: Promoting) =>
  !stopped && (book.skus === 0 || books.includes(book.id)) && (when?.skus?.includes(sku) ?? true);

/** why a promotion does not apply to lines; undefined: it does */
const obstacle = (lines: Line[], { promotion, book, codes, currency }: Promoting): string | undefined => {
  const { code, when: { minQuantity, maxQuantity, minNet } = {} } = promotion;
  if (code && !codes.has(code)) return 'its code is not given';
  if (!lines.length) return 'it is for none of these lines';
  const quantity = sumOf(lines.map(line => line.quantity));
  if (minQuantity !== undefined && isBelow(quantity, exactOf(minQuantity)))
    return `it is for ${minQuantity} units and more`;
  if (maxQuantity !== undefined && isBelow(exactOf(maxQuantity), quantity))
    return `it is for ${maxQuantity} units at most`;
  if (minNet === undefined) return undefined;
  const least = minor(minNet, book.scale);
  const net = sumOf(lines.map(line => netOf(line.amount, line)));
  return isBelow(net, least) ? `it is for ${shown(least, currency)} net and more` : undefined;
};

/** a part of each line, in all at most `max` with tax */
const percentOff = (lines: Line[], percent: Exact, max: Exact | undefined): Exact[] => {
  const cuts = lines.map(({ amount }) => divide(multiply(amount, percent), exact(100n)));
  const whole = sumOf(cuts.map((cut, nth) => multiply(cut, withTax(lines[nth]!))));
  if (!max || !isBelow(max, whole)) return cuts;
  return cuts.map(cut => divide(multiply(cut, max), whole));
};

/** an amount, in shares of whole minor units by what the lines cost, or all that they cost */
const amountOff = (lines: Line[], amount: Exact): Exact[] => {
  const costs = lines.map(line => line.amount);
  if (!isBelow(amount, sumOf(costs))) return costs;
  return allocate(rounded(amount), costs).map((share, nth) => leastOf(exact(share), costs[nth]!));
};

const cutsOf = (lines: Line[], { promotion: { off }, book: { scale } }: Promoting): Exact[] => {
  if (off.percent !== undefined)
    return percentOff(lines, exactOf(off.percent), off.max === undefined ? undefined : minor(off.max, scale));
  return off.amount === undefined ? [] : amountOff(lines, minor(off.amount, scale));
};

const words = ({ percent, max, amount, buy, free }: Promotion['off']) => {
  if (percent !== undefined) return `${percent} % off${max === undefined ? '' : `, at most ${max}`}`;
  return amount === undefined ? `${free} free with every ${buy}` : `${amount} off`;
};

const freeUnits = ({ quantity }: Line, { buy, free }: Promotion['off']) =>
  buy === undefined || free === undefined ? 0n : floorOf(divide(quantity, exact(BigInt(buy)))) * BigInt(free);

const changed = (line: Line, cut: Exact, { promotion, currency }: Promoting): Line => {
  const amount = subtract(line.amount, cut);
  const free = freeUnits(line, promotion.off);
  if (isZero(cut) && !free) return line;
  const { id, code, off, stop = false } = promotion;
  const less = { id, code, amount: rounded(line.amount) - rounded(amount) };
  return {
    ...line,
    amount,
    free: line.free + free,
    discounts: isZero(cut) ? line.discounts : [...line.discounts, less],
    steps: [
      ...line.steps,
      { kind: 'promotion', text: `promotion ${id}: ${words(off)}`, amount: shown(amount, currency) },
    ],
    stopped: stop,
  };
};

/** Applies a promotion to the lines that it is for. */
export const promote =
  (promoting: Promoting): Step =>
  ({ lines, notes }: Basket): Basket => {
    const { id: promotion, code, off } = promoting.promotion;
    const eligible = lines.filter(line => isEligible(line, promoting));
    const reason = obstacle(eligible, promoting);
    const note = (applied: boolean, why: string): Note => ({ promotion, code, applied, reason: why });
    if (reason) return { lines, notes: [...notes, note(false, reason)] };
    const cuts = cutsOf(eligible, promoting);
    const after = new Map(eligible.map((line, nth) => [line, changed(line, cuts[nth] ?? exact(0n), promoting)]));
    const isSame = [...after].every(([before, line]) => before === line);
    const result = isSame ? note(false, 'it takes nothing off these lines') : note(true, words(off));
    return { lines: lines.map(line => after.get(line) ?? line), notes: [...notes, result] };
  };
