import type { Condition, Facts } from '../../shared/condition.ts';
import { evaluate } from '../../shared/condition.ts';
import { factsAskedBy } from '../../shared/condition-facts.ts';
import type { Ctx } from '../../shared/context.ts';
import type { StoredCustomer } from '../customer.ts';
import { customerWithConsents, eventsOf } from '../reads.ts';

type Reading = Pick<Ctx, 'store' | 'now'>;

/** what a condition asks of a customer; consents, account and events are read where it asks for them */
const factsOf = async (customer: StoredCustomer, asked: ReturnType<typeof factsAskedBy>, { store, now }: Reading) => {
  const [known, events] = await Promise.all([
    asked.consents ? customerWithConsents(store, customer.id) : undefined,
    asked.types.size ? eventsOf(store, customer.id, [...asked.types]) : [],
  ]);
  return { attributes: known?.customer ?? customer, consents: known?.consents ?? [], events, now } satisfies Facts;
};

/** those of some customers for whom a condition holds */
export const fitting = async (customers: StoredCustomer[], where: Condition | undefined, reading: Reading) => {
  if (!where) return customers;
  const asked = factsAskedBy([where]);
  const judged = await Promise.all(
    customers.map(async customer => evaluate(where, await factsOf(customer, asked, reading)).holds),
  );
  return customers.filter((_, nth) => judged[nth]);
};
