import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Day } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { mergeFinance, undoFinanceMerge } from './account.ts';
import type { Invoice } from './invoice.ts';

/** minor units by currency */
const Amounts = z.record(z.string(), z.int());
type Amounts = z.output<typeof Amounts>;

/** A customer’s account, updated whenever an invoice changes; conditions find it under `finance`. */
export const Finance = z.object({
  creditLimit: Money.nullable(),
  openAmount: Amounts.describe('by currency'),
  overdueAmount: Amounts.describe('by currency'),
  overdueSince: Day.nullable().describe('the due date of the earliest overdue invoice'),
});

export const StoredFinance = z.object({
  customerId: CustomerId,
  creditLimit: Money.optional(),
  open: Amounts,
  overdue: Amounts,
  /** number of overdue invoices by due date */
  overdueOn: z.record(z.string(), z.int()),
  version: stamps.version,
});
export type StoredFinance = z.output<typeof StoredFinance>;

export const financePart = 'finance';

/** a part of the customer, beside its consents: one query reads both */
export const finances = entity('finance', StoredFinance, {
  onMerge: {
    merge: (...args) => mergeFinance(...args),
    undo: (...args) => undoFinanceMerge(...args),
  },
  onErase: 'delete',
  area: 'invoices',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: financePart }),
});

type Balances = Pick<StoredFinance, 'creditLimit' | 'open' | 'overdue' | 'overdueOn'>;

export const noBalances: Balances = { open: {}, overdue: {}, overdueOn: {} };

export const noFinance = (customerId: StoredFinance['customerId']): StoredFinance => ({
  customerId,
  ...noBalances,
  version: 0,
});

/** what is still to be paid */
export const balanceOf = ({
  status,
  total,
  paid,
  credited = 0,
}: Pick<Invoice, 'status' | 'total' | 'paid' | 'credited'>) =>
  status === 'open' ? Math.max(0, total.amount - credited - paid) : 0;

/** amounts of zero are removed */
const plus = (amounts: Amounts, name: string, by: number): Amounts => {
  const { [name]: was = 0, ...others } = amounts;
  return was + by === 0 ? others : { ...others, [name]: was + by };
};

/** the account with an invoice added (1) or subtracted (-1); negative while invoices move between customers */
const counted = (finance: StoredFinance, invoice: Invoice | undefined, sign: 1 | -1): StoredFinance => {
  if (!invoice || !balanceOf(invoice)) return finance;
  const { total, dueOn, overdue } = invoice;
  const balance = sign * balanceOf(invoice);
  const open = plus(finance.open, total.currency, balance);
  if (!overdue) return { ...finance, open };
  return {
    ...finance,
    open,
    overdue: plus(finance.overdue, total.currency, balance),
    overdueOn: plus(finance.overdueOn, dueOn, sign),
  };
};

/** the account after a change of an invoice, which may be new or leave the customer */
export const recounted = (finance: StoredFinance, { before, after }: { before?: Invoice; after?: Invoice }) =>
  counted(counted(finance, before, -1), after, 1);

const positive = (amounts: Amounts) => Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));

/** the account as clients see it */
export const shownFinance = ({ creditLimit, open, overdue, overdueOn }: Balances): z.output<typeof Finance> => ({
  creditLimit: creditLimit ?? null,
  openAmount: positive(open),
  overdueAmount: positive(overdue),
  overdueSince: Object.keys(positive(overdueOn)).sort()[0] ?? null,
});
