import { financePart, finances, shownFinance } from '../billing/finance.ts';
import { customerAndConsents } from '../consent/reads.ts';
import { provenanceFactsOf } from '../customers/attributes/value-facts.ts';
import type { Customer, StoredCustomer } from '../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { latestEvents } from '../customers/timeline.ts';
import { type Condition, evaluate, type Facts } from '../shared/conditions/condition.ts';
import { factsAskedBy } from '../shared/conditions/required-facts.ts';
import type { Ctx } from '../shared/http/context.ts';
import { revive } from '../shared/store/entity.ts';
import { ofTypes } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';

export const customerWithConsents = async (store: Store, id: string) => {
  const found = await customerAndConsents(store, id, financePart);
  if (!found) return undefined;
  const { customer, consents, others } = found;
  const account = others.find(({ kind }) => kind === finances.kind);
  return {
    customer: { ...customer, ...(account ? { finance: shownFinance(revive(finances, account)) } : {}) },
    consents,
  };
};

/** pages of the timeline that conditions on events consider: the latest 5,000 events */
const pages = 10;

export const eventsOf = async (store: Store, id: string, types: string[]) =>
  (await latestEvents(store, id, { filter: ofTypes(types), pages })).events;

/** what conditions use of values beside the values: origins and, with `confidence`, how sure they are */
export const provenanceFactsFor = async (store: Store, confidence: boolean) => {
  const settings = confidence ? await settingsOf(store) : undefined;
  return (customer: Customer, now: string) => provenanceFactsOf(customer, now, settings);
};

type Needed = { facts: ReturnType<typeof factsAskedBy>; settings: CustomerSettings | undefined };

/** what a condition uses of a customer; consents, account and events are read if it needs them */
const factsOf = async (
  customer: StoredCustomer,
  { facts, settings }: Needed,
  { store, now }: Pick<Ctx, 'store' | 'now'>,
) => {
  const [known, events] = await Promise.all([
    facts.consents ? customerWithConsents(store, customer.id) : undefined,
    facts.types.size ? eventsOf(store, customer.id, [...facts.types]) : [],
  ]);
  const attributes = known?.customer ?? customer;
  const consents = known?.consents ?? [];
  return { attributes, consents, events, known: provenanceFactsOf(customer, now, settings), now } satisfies Facts;
};

export const filterByCondition = async (
  customers: StoredCustomer[],
  where: Condition | undefined,
  ctx: Pick<Ctx, 'store' | 'now'>,
) => {
  if (!where) return customers;
  const facts = factsAskedBy([where]);
  const settings = facts.confidence ? await settingsOf(ctx.store) : undefined;
  const holds = await Promise.all(
    customers.map(async customer => evaluate(where, await factsOf(customer, { facts, settings }, ctx)).holds),
  );
  return customers.filter((_, nth) => holds[nth]);
};
