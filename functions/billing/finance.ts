import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Day } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { settleFinance, unsettleFinance } from './finance-merge.ts';
import type { Invoice } from './invoice.ts';

/** minor units by currency */
const Amounts = z.record(z.string(), z.int());
type Amounts = z.output<typeof Amounts>;

/** How a customer’s account stands, added up whenever an invoice changes; conditions find it under `finance`. */
export const Finance = z.object({
  creditLimit: Money.nullable(),
  openAmount: Amounts.describe('by currency'),
  overdueAmount: Amounts.describe('by currency'),
  overdueSince: Day.nullable().describe('the day that the earliest of its overdue invoices was due on'),
});

export const StoredFinance = z.object({
  customerId: CustomerId,
  creditLimit: Money.optional(),
  open: Amounts,
  overdue: Amounts,
  /** how many overdue invoices there are of each day */
  overdueOn: z.record(z.string(), z.int()),
  version: stamps.version,
});
export type StoredFinance = z.output<typeof StoredFinance>;

export const financePart = 'finance';

/** it lies with the customer: the single view and whatever reads consents find it there */
export const finances = entity('finance', StoredFinance, {
  onMerge: {
    settle: (...args) => settleFinance(...args),
    undo: (...args) => unsettleFinance(...args),
  },
  onErase: 'delete',
  area: 'invoices',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: financePart }),
});

type Standing = Pick<StoredFinance, 'creditLimit' | 'open' | 'overdue' | 'overdueOn'>;

export const nothingOwed: Standing = { open: {}, overdue: {}, overdueOn: {} };

export const noFinance = (customerId: StoredFinance['customerId']): StoredFinance => ({
  customerId,
  ...nothingOwed,
  version: 0,
});

/** what is owed of an invoice, and whether it should have been paid */
export const balanceOf = ({ status, total, paid }: Pick<Invoice, 'status' | 'total' | 'paid'>) =>
  status === 'open' ? Math.max(0, total.amount - paid) : 0;

const isOwed = (invoice: Invoice) => balanceOf(invoice) > 0;

/** nothing is kept of what comes to nothing */
const plus = (amounts: Amounts, name: string, by: number): Amounts => {
  const { [name]: was = 0, ...others } = amounts;
  return was + by === 0 ? others : { ...others, [name]: was + by };
};

/** the account with an invoice counted in (1), or out (-1). While invoices move from one customer to another it may be less than nothing. */
const counted = (finance: StoredFinance, invoice: Invoice | undefined, sign: 1 | -1): StoredFinance => {
  if (!invoice || !isOwed(invoice)) return finance;
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

/** the account after one of its invoices has become another; either may be none */
export const recounted = (finance: StoredFinance, before: Invoice | undefined, after: Invoice | undefined) =>
  counted(counted(finance, before, -1), after, 1);

const owed = (amounts: Amounts) => Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));

/** the account as it is shown */
export const shownFinance = ({ creditLimit, open, overdue, overdueOn }: Standing): z.output<typeof Finance> => ({
  creditLimit: creditLimit ?? null,
  openAmount: owed(open),
  overdueAmount: owed(overdue),
  overdueSince: Object.keys(owed(overdueOn)).sort()[0] ?? null,
});
