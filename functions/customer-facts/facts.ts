import { knowledgeOf } from '../customers/attributes/knowledge.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { customerWithConsents, eventsOf } from '../customers/reads.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import type { Condition, Facts } from '../shared/conditions/condition.ts';
import { evaluate } from '../shared/conditions/condition.ts';
import { factsAskedBy } from '../shared/conditions/required-facts.ts';
import type { Ctx } from '../shared/http/context.ts';

type Reading = Pick<Ctx, 'store' | 'now'>;

/** what a condition asks of a customer; consents, account and events are read where it asks for them */
const factsOf = async (
  customer: StoredCustomer,
  { asked, settings }: { asked: ReturnType<typeof factsAskedBy>; settings: CustomerSettings | undefined },
  { store, now }: Reading,
) => {
  const [known, events] = await Promise.all([
    asked.consents ? customerWithConsents(store, customer.id) : undefined,
    asked.types.size ? eventsOf(store, customer.id, [...asked.types]) : [],
  ]);
  const knowledge = knowledgeOf(customer, now, settings);
  const attributes = known?.customer ?? customer;
  return { attributes, consents: known?.consents ?? [], events, known: knowledge, now } satisfies Facts;
};

/** those of some customers for whom a condition holds */
export const fitting = async (customers: StoredCustomer[], where: Condition | undefined, reading: Reading) => {
  if (!where) return customers;
  const asked = factsAskedBy([where]);
  const settings = asked.confidence ? await settingsOf(reading.store) : undefined;
  const judged = await Promise.all(
    customers.map(async customer => evaluate(where, await factsOf(customer, { asked, settings }, reading)).holds),
  );
  return customers.filter((_, nth) => judged[nth]);
};
