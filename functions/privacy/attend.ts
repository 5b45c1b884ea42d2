import { customerErasureDue, customerInactive } from '../../events/retention.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type Cutoffs, type RetentionRules, usualNotice } from '../customers/retention-settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, put, remove } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { type InactiveCustomer, inactiveCustomers } from './inactive-customer.ts';
import { heard, lastHeardOf } from './last-heard.ts';
import { owes } from './owes.ts';

/** one time of going through all customers */
export type Run = {
  id: string;
  dryRun: boolean;
  rules: RetentionRules;
  cutoffs: Cutoffs;
  /** up to where everything was discarded before */
  since: { tracked?: string | undefined; decisions?: string | undefined };
};

/** of a customer who is heard of all the time it is noted now and then */
const notedAfter = 'P1D';

type Rule = NonNullable<RetentionRules['inactiveCustomers']>;

const listedAs = (now: string, { then, notice = usualNotice }: Rule) =>
  then === 'erase' ? { then, eraseAt: plus(now, notice) } : { then };

type Found = { customerId: StoredCustomer['id']; at: string; listed: InactiveCustomer | undefined };

/** Lists a customer of whom nothing is heard; gives over to erasure whoever is due and owes nothing: that may want to be paid. */
const unheard = async ({ customerId, at, listed }: Found, rule: Rule, { now, store }: Ctx): Promise<Change[]> => {
  if (listed?.then === rule.then) {
    const isDue = rule.then === 'erase' && (listed.eraseAt ?? now) <= now && !(await owes(store, customerId));
    return isDue ? [emit(customerErasureDue, { customerId, about: customerId, data: { lastActiveAt: at } })] : [];
  }
  const as = listedAs(now, rule);
  return [
    put(inactiveCustomers, { customerId, lastActiveAt: at, foundAt: now, ...as }),
    emit(customerInactive, { customerId, about: customerId, data: { lastActiveAt: at, ...as } }),
  ];
};

/** What is to be done about a customer of whom nothing was heard for long, or was again */
export const attend = async (customer: StoredCustomer, { rules, cutoffs, dryRun }: Run, ctx: Ctx) => {
  const { store } = ctx;
  const { inactiveCustomers: rule } = rules;
  if (!rule || !cutoffs.inactive) return { inactive: 0, changes: [] };
  const customerId = customer.id;
  const [{ at, kept }, listed] = await Promise.all([
    lastHeardOf(store, customer),
    store.get(inactiveCustomers, { customerId }),
  ]);
  const changes: Change[] = [];
  // what shows it may be discarded before the customer is
  if (at > (kept ? plus(kept, notedAfter) : customer.createdAt)) changes.push(put(heard, { customerId, at }));
  const inactive = at < cutoffs.inactive;
  if (inactive) changes.push(...(await unheard({ customerId, at, listed }, rule, ctx)));
  else if (listed) changes.push(remove(inactiveCustomers, listed));
  return { inactive: Number(inactive && listed?.then !== rule.then), changes: dryRun ? [] : changes };
};
