import * as z from 'zod';
import { Money } from '../../../events/money.ts';
import { nothingOwed, type StoredFinance, shownFinance } from '../../billing/finance.ts';
import type { Item } from '../../shared/store/entity.ts';

const Amounts = z.record(z.string(), z.int()).describe('minor units by currency');
type Amounts = z.output<typeof Amounts>;
const Counted = z.object({ count: z.int(), amounts: Amounts });

/** what is going on at an account, in figures */
export const Figures = z.object({
  opportunities: Counted.describe('open ones'),
  orders: Counted.describe('all but cancelled ones'),
  cases: z.object({ count: z.int() }).describe('neither resolved nor closed'),
  assets: z.object({ count: z.int() }).describe('in use'),
  invoices: z.object({ openAmount: Amounts, overdueAmount: Amounts }),
});
export type Figures = z.output<typeof Figures>;

/** what is counted of records, whatever else they say: those of other contexts are only looked at */
const Looked = z.object({ status: z.string(), amount: Money.nullish(), total: Money.nullish() });

const closed: Record<string, string[]> = {
  opportunity: ['won', 'lost'],
  order: ['cancelled'],
  case: ['resolved', 'closed'],
  asset: ['sold', 'scrapped'],
};

const added = (all: Amounts[]): Amounts => {
  const sums: Amounts = {};
  for (const [currency, amount] of all.flatMap(Object.entries<number>)) {
    sums[currency] = (sums[currency] ?? 0) + amount;
  }
  return sums;
};

const countedOf = (records: Item[], kind: string) => {
  const found = records
    .filter(record => record.kind === kind)
    .map(({ doc }) => Looked.parse(doc))
    .filter(({ status }) => !closed[kind]?.includes(status));
  const money = found.flatMap(({ amount, total }) => amount ?? total ?? []);
  return { count: found.length, amounts: added(money.map(({ amount, currency }) => ({ [currency]: amount }))) };
};

/** the figures of one account, from the records that belong to it and how it stands */
export const figuresOf = (records: Item[], account: StoredFinance | undefined): Figures => {
  const { openAmount, overdueAmount } = shownFinance(account ?? nothingOwed);
  return {
    opportunities: countedOf(records, 'opportunity'),
    orders: countedOf(records, 'order'),
    cases: { count: countedOf(records, 'case').count },
    assets: { count: countedOf(records, 'asset').count },
    invoices: { openAmount, overdueAmount },
  };
};

const counts = (all: { count: number; amounts: Amounts }[]) => ({
  count: all.reduce((sum, { count }) => sum + count, 0),
  amounts: added(all.map(({ amounts }) => amounts)),
});

export const totalOf = (all: Figures[]): Figures => ({
  opportunities: counts(all.map(({ opportunities }) => opportunities)),
  orders: counts(all.map(({ orders }) => orders)),
  cases: { count: all.reduce((sum, { cases }) => sum + cases.count, 0) },
  assets: { count: all.reduce((sum, { assets }) => sum + assets.count, 0) },
  invoices: {
    openAmount: added(all.map(({ invoices }) => invoices.openAmount)),
    overdueAmount: added(all.map(({ invoices }) => invoices.overdueAmount)),
  },
});
