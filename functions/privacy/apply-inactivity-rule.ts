import { customerErasureDue, customerInactive } from '../../events/retention.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { Purpose } from '../customers/purpose.ts';
import { type Cutoffs, defaultNotice, type RetentionRules } from '../customers/retention-settings.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, put, remove } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { type InactiveCustomer, inactiveCustomers, lastActivities, lastActivityOf } from './inactive-customer.ts';
import { hasUnfinished } from './unfinished.ts';

export type Run = {
  id: string;
  dryRun: boolean;
  at: string;
  rules: RetentionRules;
  cutoffs: Cutoffs;
  /** up to where an earlier run discarded everything */
  since: { tracked?: string | undefined; decisions?: string | undefined };
  /** the purposes, where one of them limits how long data is stored */
  limited: Purpose[];
  settings: CustomerSettings;
};

/** the last activity of an active customer is stored again only after this time */
const storedEvery = 'P1D';

type Rule = NonNullable<RetentionRules['inactiveCustomers']>;

type Inactive = { customerId: StoredCustomer['id']; at: string; listed: InactiveCustomer | undefined };

/** Lists an inactive customer; requests its erasure when that is due and nothing with it is unfinished. */
const inactive = async ({ customerId, at, listed }: Inactive, rule: Rule, { now, store }: Ctx): Promise<Change[]> => {
  if (listed?.then === rule.then) {
    const isDue = rule.then === 'erase' && (listed.eraseAt ?? now) <= now && !(await hasUnfinished(store, customerId));
    return isDue ? [emit(customerErasureDue, { customerId, about: customerId, data: { lastActiveAt: at } })] : [];
  }
  const { then, notice = defaultNotice } = rule;
  const plan = then === 'erase' ? { then, eraseAt: plus(now, notice) } : { then };
  return [
    put(inactiveCustomers, { customerId, lastActiveAt: at, foundAt: now, ...plan }),
    emit(customerInactive, { customerId, about: customerId, data: { lastActiveAt: at, ...plan } }),
  ];
};

/** Lists a customer that became inactive, and removes one from the list that became active again. */
export const applyInactivityRule = async (customer: StoredCustomer, { rules, cutoffs, dryRun }: Run, ctx: Ctx) => {
  const { store } = ctx;
  const { inactiveCustomers: rule } = rules;
  if (!rule || !cutoffs.inactive) return { inactive: 0, changes: [] };
  const customerId = customer.id;
  const [{ at, stored }, listed] = await Promise.all([
    lastActivityOf(store, customer),
    store.get(inactiveCustomers, { customerId }),
  ]);
  const changes: Change[] = [];
  // the events that show it may be discarded before the customer is
  if (at > (stored ? plus(stored, storedEvery) : customer.createdAt))
    changes.push(put(lastActivities, { customerId, at }));
  const isInactive = at < cutoffs.inactive;
  if (isInactive) changes.push(...(await inactive({ customerId, at, listed }, rule, ctx)));
  else if (listed) changes.push(remove(inactiveCustomers, listed));
  return { inactive: Number(isInactive && listed?.then !== rule.then), changes: dryRun ? [] : changes };
};
