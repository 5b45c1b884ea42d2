import {
  add,
  allocate,
  divide,
  type Exact,
  exact,
  exactOf,
  leastOf,
  multiply,
  one,
  rounded,
  subtract,
  sumOf,
  zero,
} from '../../shared/exact.ts';
import type { Tax } from './tax.ts';

/** a part of the net amount, and an amount beside it, in minor units */
type Linear = { part: Exact; fixed: Exact };

export type Charge = Linear & { id: string };

const plus = (a: Linear, b: Linear): Linear => ({ part: add(a.part, b.part), fixed: add(a.fixed, b.fixed) });
const scaled = (a: Linear, by: Exact): Linear => ({ part: multiply(a.part, by), fixed: multiply(a.fixed, by) });

const shareOf = ({ kind, rate = 0 }: Tax): Exact => {
  const share = divide(exactOf(rate), exact(100n));
  return kind === 'percentOfGross' ? divide(share, subtract(one, share)) : share;
};

/** What taxes charge, in their order: each on the net amount and on those before that add to it; `fixedOf`: a fixed one in minor units. */
export const chargesOf = (taxes: Tax[], fixedOf: (tax: Tax) => Exact): Charge[] => {
  let on: Linear = { part: one, fixed: zero };
  return taxes.map(tax => {
    const charge = tax.kind === 'fixed' ? { part: zero, fixed: fixedOf(tax) } : scaled(on, shareOf(tax));
    if (tax.addsToBase) on = plus(on, charge);
    return { id: tax.id, ...charge };
  });
};

const total = (charges: Charge[]): Linear => ({
  part: sumOf(charges.map(({ part }) => part)),
  fixed: sumOf(charges.map(({ fixed }) => fixed)),
});

type Stated = { taxIncluded: boolean; charges: Charge[] };

/** the net of an amount as it is stated */
export const netOf = (amount: Exact, { taxIncluded, charges }: Stated): Exact => {
  if (!taxIncluded) return amount;
  const { part, fixed } = total(charges);
  return divide(subtract(amount, leastOf(fixed, amount)), add(one, part));
};

/** how much more a reduction of a stated amount takes off with tax */
export const withTax = ({ taxIncluded, charges }: Stated): Exact => (taxIncluded ? one : add(one, total(charges).part));

/** Net, tax and gross of an amount as it is stated: the amount is rounded, and the tax of the rounded amount. */
export const charged = (stated: Exact, { taxIncluded, charges }: Stated) => {
  const amount = exact(rounded(stated));
  const exactNet = netOf(amount, { taxIncluded, charges });
  const each = charges.map(({ part, fixed }) => add(multiply(part, exactNet), fixed));
  const tax = rounded(taxIncluded ? subtract(amount, exactNet) : sumOf(each));
  const net = taxIncluded ? amount.n - tax : amount.n;
  const shares = allocate(tax, each);
  return { net, tax, gross: net + tax, taxes: charges.map(({ id }, nth) => ({ id, amount: shares[nth] ?? 0n })) };
};
