import { add, divide, exact, isBelow, isZero, multiply, rounded } from '../../shared/exact.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { charged } from '../taxes/charge.ts';
import { type Asked, type Basket, type Explained, type Line, type Rules, type Step, shown } from './line.ts';
import { listed } from './list-price.ts';
import { promote } from './promote.ts';

/** in minor units; more is no price, and JSON has no exact numbers far beyond */
const mostAmount = 10n ** 15n;

/** the promotions of the books in force, as steps in their order */
const stepsOf = ({ books, codes, currency }: Rules): Step[] =>
  books.flatMap(book => {
    const { scale } = book;
    // a book of another currency without a rate prices no line
    return scale
      ? book.promotions.map(promotion => promote({ promotion, book: { ...book, scale }, codes, currency }))
      : [];
  });

const explainedTax = ({ charges, taxIncluded }: Line, { country }: Rules): string => {
  if (!country) return 'no country is known: no tax';
  if (!charges.length) return `there is no tax of this category in ${country}`;
  return `tax ${charges.map(({ id }) => id).join(', ')}, ${taxIncluded ? 'included in' : 'added to'} the price`;
};

/** a line with its amounts rounded and its tax, and whether it is below its floor */
const finished = (line: Line, rules: Rules) => {
  const { currency } = rules;
  const { net, tax, gross, taxes } = charged(line.amount, line);
  const units = add(line.quantity, exact(line.free));
  const floor = line.floor && multiply(line.floor, units);
  const belowFloor = floor !== undefined && isBelow(exact(net), floor);
  const steps: Explained[] = [
    ...line.steps,
    { kind: 'tax', text: explainedTax(line, rules), amount: shown(exact(gross), currency) },
    ...(floor && belowFloor
      ? [
          {
            kind: 'floor' as const,
            text: `the net amount is below the floor of ${shown(floor, currency)}`,
            amount: shown(exact(net), currency),
          },
        ]
      : []),
  ];
  const unit = isZero(line.quantity) ? 0n : rounded(divide(line.list, line.quantity));
  return { line, unit, list: rounded(line.list), net, tax, gross, taxes, belowFloor, steps };
};
export type Finished = ReturnType<typeof finished>;

/**
 * The price of lines: each at its list price, then every promotion in its order, then tax; each line is rounded once. Their sum
 * is the price. Throws with all that is wrong (422).
 */
export const priced = (asked: Asked[], rules: Rules) => {
  const found = asked.map(one => listed(one, rules));
  const faults: FieldError[] = found.flatMap(one => ('fault' in one ? [one.fault] : []));
  if (faults.length) throw invalid([...new Map(faults.map(one => [`${one.path} ${one.message}`, one])).values()]);
  const { lines, notes } = stepsOf(rules).reduce<Basket>((basket, step) => step(basket), {
    lines: found as Line[],
    notes: [],
  });
  const all = lines.map(line => finished(line, rules));
  const tooMuch = all.filter(({ list, gross }) => list > mostAmount || gross > mostAmount);
  if (tooMuch.length)
    throw invalid(
      tooMuch.map(({ line: { path } }) => ({ path: `${path}.quantity`, message: 'comes to more than a price can be' })),
    );
  const sum = (name: 'net' | 'tax' | 'gross') => all.reduce((total, line) => total + line[name], 0n);
  return { lines: all, notes, net: sum('net'), tax: sum('tax'), gross: sum('gross') };
};
