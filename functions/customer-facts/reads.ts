import { financePart, finances, shownFinance } from '../billing/finance.ts';
import { customerAndConsents } from '../consent/reads.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { changedAtOf, provenanceFactsOf } from '../customers/attributes/value-facts.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { latestEvents } from '../customers/timeline.ts';
import { type Condition, evaluate, type Facts } from '../shared/conditions/condition.ts';
import { type Needs, needsOf } from '../shared/conditions/needs.ts';
import type { Ctx } from '../shared/http/context.ts';
import { revive } from '../shared/store/entity.ts';
import { ofTypes } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { minus } from '../shared/time/duration.ts';
import { employerAt } from './employer.ts';
import { entityOf, recordsOf } from './fact-records.ts';
import { type Membership, memberships } from './membership.ts';

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

/** of a filter of the table */
const mostTypes = 100;

/** tracked events are sorted by the time that their device gave, which may be off by this */
const mostOff = 'P2D';

const filterOf = (types: string[]) => (types.length > mostTypes ? undefined : ofTypes(types));

const eventsOf = async (store: Store, id: string, types: string[], since: string | undefined) => {
  const from = since === undefined ? undefined : minus(since, mostOff);
  return (await latestEvents(store, id, { filter: filterOf(types), pages, since: from })).events;
};

/** the event in hand: indexes may not have what it changed yet */
export type Heard = { id: string; type: string; occurredAt: string; about: string; data: unknown } & {
  customerId: string | null;
};

type Reading = Pick<Ctx, 'store' | 'now'>;

/** `settings`: for the confidence in values */
type Wanted = { needs: Needs; settings: CustomerSettings | undefined; heard?: Heard | undefined };

const timelineOf = async (customer: StoredCustomer, { needs, heard }: Wanted, { store, now }: Reading) => {
  const { types, since } = needs;
  if (!types.size) return [];
  const events = await eventsOf(store, customer.id, [...types], since(now));
  const isMissing = heard?.customerId === customer.id && !events.some(({ id }) => id === heard.id);
  return isMissing && types.has(heard.type) ? [heard, ...events] : events;
};

const recordsFor = async (customer: StoredCustomer, { needs, heard }: Wanted, { store }: Reading) => {
  const kinds = [...needs.records];
  const found = await Promise.all(kinds.map(record => recordsOf(store, record, customer.id, heard)));
  return Object.fromEntries(kinds.map((record, nth) => [record, found[nth] ?? []]));
};

const segmentsOf = async ({ id: customerId }: StoredCustomer, { segments }: Needs, store: Store) => {
  const keys = [...segments].map(
    segmentId => ({ customerId, segmentId }) as Pick<Membership, 'customerId' | 'segmentId'>,
  );
  return keys.length ? (await store.getAll(memberships, keys)).map(({ segmentId }) => segmentId as string) : [];
};

const listsOf = async ({ id: customerId }: StoredCustomer, { lists }: Needs, store: Store): Promise<string[]> => {
  const members = lists.size ? entityOf('list-member') : undefined;
  if (!members) return [];
  const found = await store.getAll(
    members,
    [...lists].map(listId => ({ customerId, listId })),
  );
  return found.map(({ listId }) => listId);
};

const employerFor = async (
  customer: StoredCustomer,
  { needs, settings, heard }: Wanted,
  ctx: Reading,
): Promise<Facts['employer']> => {
  const { organisation } = needs;
  if (!organisation.length) return undefined;
  const { id, until } = await employerAt(ctx.store, customer.id, ctx.now, heard);
  const employer = id === undefined ? undefined : await resolveMerged(ctx.store, id);
  const facts = employer && (await factsOf(employer, { needs: needsOf(organisation), settings, heard }, ctx));
  return { facts, until };
};

/** what conditions use of a customer that was read; what they do not need is not read */
const factsOf = async (
  customer: StoredCustomer,
  wanted: Wanted,
  ctx: Reading,
): Promise<Facts & { attributes: StoredCustomer }> => {
  const { needs, settings } = wanted;
  const { store, now } = ctx;
  const [known, events, records, segments, lists, employer] = await Promise.all([
    needs.consents || needs.account ? customerWithConsents(store, customer.id) : undefined,
    timelineOf(customer, wanted, ctx),
    recordsFor(customer, wanted, ctx),
    segmentsOf(customer, needs, store),
    listsOf(customer, needs, store),
    employerFor(customer, wanted, ctx),
  ]);
  return {
    attributes: known?.customer ?? customer,
    consents: known?.consents ?? [],
    ...{ events, records, segments, lists },
    ...(employer ? { employer } : {}),
    known: (attribute, at) => provenanceFactsOf(customer, at, settings)(attribute),
    changedAt: attribute => changedAtOf(customer, attribute),
    now,
  };
};

const settingsFor = ({ confidence, organisation }: Needs, store: Store) =>
  confidence || organisation.length ? settingsOf(store) : undefined;

/**
 * What conditions use of a customer, from `ctx.now` on: a replay asks for the facts of its first instant and evaluates with
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
  // what happened to a merged customer happened to the one that stays
  const own = heard?.customerId === customerId ? { ...heard, customerId: customer?.id ?? customerId } : heard;
  return customer && factsOf(customer, { needs, settings, heard: own }, ctx);
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
