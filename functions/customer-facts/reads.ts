import { financePart, finances, shownFinance } from '../billing/finance.ts';
import { customerAndConsents } from '../consent/reads.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { provenanceFactsOf } from '../customers/attributes/value-facts.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { latestEvents } from '../customers/timeline.ts';
import { type Condition, evaluate, type Facts } from '../shared/conditions/condition.ts';
import type { Happening } from '../shared/conditions/event-condition.ts';
import { type Needs, needsOf } from '../shared/conditions/needs.ts';
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

/** the event in hand: indexes and the timeline may not have it yet */
export type Heard = { id: string; type: string; occurredAt: string; about: string; data: unknown };

type Reading = Pick<Ctx, 'store' | 'now'>;

const withHeard = (events: (Happening & { id: string })[], { types }: Needs, heard: Heard | undefined) =>
  heard && types.has(heard.type) && !events.some(({ id }) => id === heard.id) ? [heard, ...events] : events;

/** what conditions use of a customer that was read; what they do not need is not read */
const factsOf = async (
  customer: StoredCustomer,
  { needs, settings, heard }: { needs: Needs; settings: CustomerSettings | undefined; heard?: Heard | undefined },
  { store, now }: Reading,
) => {
  const [known, events] = await Promise.all([
    needs.consents || needs.account ? customerWithConsents(store, customer.id) : undefined,
    needs.types.size ? eventsOf(store, customer.id, [...needs.types]) : [],
  ]);
  return {
    attributes: known?.customer ?? customer,
    consents: known?.consents ?? [],
    events: withHeard(events, needs, heard),
    known: (attribute: string, at: string) => provenanceFactsOf(customer, at, settings)(attribute),
    now,
  } satisfies Facts;
};

const settingsFor = ({ confidence }: Needs, store: Store) => (confidence ? settingsOf(store) : undefined);

/**
 * What conditions use of a customer, of `ctx.now` on: a replay asks for the facts of its first instant and evaluates with
 * `{ ...facts, now }`. Follows merges; undefined where the customer does not exist.
 */
export const factsFor = async (
  ctx: Reading,
  customerId: string,
  conditions: (Condition | undefined)[],
  heard?: Heard,
) => {
  const needs = needsOf(conditions);
  const [customer, settings] = await Promise.all([resolveMerged(ctx.store, customerId), settingsFor(needs, ctx.store)]);
  return customer && factsOf(customer, { needs, settings, heard }, ctx);
};

export const filterByCondition = async (customers: StoredCustomer[], where: Condition | undefined, ctx: Reading) => {
  if (!where) return customers;
  const needs = needsOf([where]);
  const settings = await settingsFor(needs, ctx.store);
  const holds = await Promise.all(
    customers.map(async customer => evaluate(where, await factsOf(customer, { needs, settings }, ctx)).holds),
  );
  return customers.filter((_, nth) => holds[nth]);
};
