import * as z from 'zod';
import { Money } from '../../events/money.ts';
import { noBalances, type StoredFinance, shownFinance } from '../billing/finance.ts';
import type { Item } from '../shared/store/entity.ts';

const Amounts = z.record(z.string(), z.int()).describe('minor units by currency');
type Amounts = z.output<typeof Amounts>;
const Counted = z.object({ count: z.int(), amounts: Amounts });

export const Figures = z.object({
  opportunities: Counted.describe('open'),
  orders: Counted.describe('not cancelled'),
  cases: z.object({ count: z.int() }).describe('neither resolved nor closed'),
  assets: z.object({ count: z.int() }).describe('in use'),
  invoices: z.object({ openAmount: Amounts, overdueAmount: Amounts }),
});
export type Figures = z.output<typeof Figures>;

/** the fields of records of any context that are counted */
const CountedRecord = z.object({ status: z.string(), amount: Money.nullish(), total: Money.nullish() });

const closed: Record<string, string[]> = {
  opportunity: ['won', 'lost'],
  order: ['cancelled'],
  case: ['resolved', 'closed'],
  asset: ['sold', 'scrapped'],
};

const sum = (all: Amounts[]): Amounts => {
  const sums: Amounts = {};
  for (const [currency, amount] of all.flatMap(Object.entries<number>)) {
    sums[currency] = (sums[currency] ?? 0) + amount;
  }
  return sums;
};

const countedOf = (records: Item[], kind: string) => {
  const counted = records
    .filter(record => record.kind === kind)
    .map(({ doc }) => CountedRecord.parse(doc))
    .filter(({ status }) => !closed[kind]?.includes(status));
  const money = counted.flatMap(({ amount, total }) => amount ?? total ?? []);
  return { count: counted.length, amounts: sum(money.map(({ amount, currency }) => ({ [currency]: amount }))) };
};

/** the figures of one account, from its records and balances */
export const figuresOf = (records: Item[], account: StoredFinance | undefined): Figures => {
  const { openAmount, overdueAmount } = shownFinance(account ?? noBalances);
  return {
    opportunities: countedOf(records, 'opportunity'),
    orders: countedOf(records, 'order'),
    cases: { count: countedOf(records, 'case').count },
    assets: { count: countedOf(records, 'asset').count },
    invoices: { openAmount, overdueAmount },
  };
};

export const totalOf = (all: Figures[]): Figures => {
  const count = (name: Exclude<keyof Figures, 'invoices'>) => all.reduce((total, one) => total + one[name].count, 0);
  const amounts = (name: 'opportunities' | 'orders') => sum(all.map(one => one[name].amounts));
  const owed = (name: keyof Figures['invoices']) => sum(all.map(({ invoices }) => invoices[name]));
  return {
    opportunities: { count: count('opportunities'), amounts: amounts('opportunities') },
    orders: { count: count('orders'), amounts: amounts('orders') },
    cases: { count: count('cases') },
    assets: { count: count('assets') },
    invoices: { openAmount: owed('openAmount'), overdueAmount: owed('overdueAmount') },
  };
};
