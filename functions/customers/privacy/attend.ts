import { customerInactive } from '../../../events/retention.ts';
import { type Change, insert, put, remove, say } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import { plus } from '../../shared/duration.ts';
import type { StoredCustomer } from '../customer.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import { heard, lastHeardOf } from './last-heard.ts';
import type { Cutoffs, RetentionRules } from './retention-settings.ts';

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

/** What is to be done about a customer of whom nothing was heard for long, or was again */
export const attend = async (customer: StoredCustomer, { rules, cutoffs, dryRun }: Run, { now, store }: Ctx) => {
  const { inactiveCustomers: rule } = rules;
  if (!rule || !cutoffs.inactive) return { inactive: 0, changes: [] };
  const customerId = customer.id;
  const [{ at, kept }, found] = await Promise.all([
    lastHeardOf(store, customer),
    store.get(inactiveCustomers, { customerId }),
  ]);
  const changes: Change[] = [];
  // what shows it may be discarded before the customer is
  if (at > (kept ? plus(kept, notedAfter) : customer.createdAt)) changes.push(put(heard, { customerId, at }));
  const inactive = at < cutoffs.inactive;
  if (found && (!inactive || found.then !== rule.then)) changes.push(remove(inactiveCustomers, found));
  if (!inactive || found?.then === rule.then) return { inactive: 0, changes: dryRun ? [] : changes };
  if (!found) changes.push(insert(inactiveCustomers, { customerId, lastActiveAt: at, foundAt: now, then: rule.then }));
  changes.push(say(customerInactive, { customerId, about: customerId, data: { lastActiveAt: at, then: rule.then } }));
  return { inactive: 1, changes: dryRun ? [] : changes };
};
