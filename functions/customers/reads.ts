import type { Ctx } from '../shared/http/context.ts';
import { mayRead } from '../shared/http/roles.ts';
import { revive } from '../shared/store/entity.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { activeCustomer, resolveMerged } from './active-customer.ts';
import { type Customer, customers, identifiersOf, type StoredCustomer } from './customer.ts';
import { mayReadEvent } from './event-areas.ts';
import { carriesServerCalls, identities, type identityTypes } from './identity.ts';
import {
  hiddenFrom,
  hiddenInReasons,
  redactReason,
  rejectHiddenPaths,
  rejectHiddenPattern,
  shownCustomer,
  veiled,
} from './redact.ts';
import type { EventDetail } from './timeline.ts';

type IdentityType = (typeof identityTypes)[number];

/** the customer, or the one it was merged into; undefined if it does not exist or was erased */
export const customerById = (store: Store, id: string): Promise<Customer | undefined> => resolveMerged(store, id);

/** the customer, or the one it was merged into; refuses one that never existed (404) or was erased (410) */
export const needCustomer = async (store: Store, id: string): Promise<Customer> =>
  (await resolveMerged(store, id)) ?? activeCustomer(store, id);

export const customerSeenBy = async (ctx: Pick<Ctx, 'scopes' | 'store'>, id: string): Promise<Customer> => {
  const [customer, hidden] = await Promise.all([needCustomer(ctx.store, id), hiddenFrom(ctx)]);
  return shownCustomer(customer, hidden);
};

/** a customer, and an event about it, as who has these scopes may see them */
export const seenBy = async (
  reader: Pick<Ctx, 'scopes' | 'store'>,
  { finance, ...customer }: StoredCustomer & { finance?: unknown },
  event: Record<string, unknown> = {},
) => {
  const hidden = await hiddenFrom(reader);
  const { id, type = '', occurredAt } = event;
  const isReadable = mayReadEvent(reader, { type: String(type), data: event.data });
  return {
    customer: { ...shownCustomer(customer, hidden), ...(finance && mayRead(reader, 'finance') ? { finance } : {}) },
    event: isReadable ? veiled(event, hidden) : { id, type, occurredAt },
  };
};

/** what the caller may not see of customers, for the reasons of decisions and the conditions it writes */
export const redactionFor = async (ctx: Pick<Ctx, 'scopes' | 'store'>) => {
  const hidden = await hiddenFrom(ctx);
  return {
    reason: (reason: string) => redactReason(reason, hiddenInReasons(hidden, ctx)),
    rejectHiddenPattern: (pattern: unknown) => rejectHiddenPattern(hidden, pattern),
    rejectHiddenPaths: (paths: Iterable<string>) => rejectHiddenPaths(hidden, paths),
  };
};

export const customerIdByEmail = (store: Store, email: string) => store.holder(customers, 'email', email);

type Wanted = { type: IdentityType; value: string };

/** the user ids among these whose links carry no calls of servers */
const claimedAmong = async (store: Store, wanted: Wanted[], ids: (string | undefined)[]) => {
  const keys = wanted.flatMap(({ type, value }, nth) => (ids[nth] ? [{ id: ids[nth], type, value }] : []));
  const links = await store.getAll(
    identities,
    keys.filter(({ type }) => type === 'externalId'),
  );
  return new Set(links.filter(one => !carriesServerCalls(one)).map(({ value }) => value));
};

/**
 * Ids of the customers that trackers' identities belong to, in the same order, in one call. `byServer`: for what a server says,
 * which is not carried by a user id that only a public key linked.
 */
export const customerIdsByIdentity = async (store: Store, wanted: Wanted[], { byServer = false } = {}) => {
  const linked = wanted.map(({ type, value }) => ({ entity: identities, unique: 'value', value: `${type}:${value}` }));
  const own = wanted.map(({ type, value }, nth) =>
    type === 'externalId' ? { entity: customers, unique: 'externalId', value } : linked[nth]!,
  );
  const found = await store.holders([...own, ...linked]);
  const [byOwn, byLink] = [found.slice(0, wanted.length), found.slice(wanted.length)];
  const open = byServer ? await claimedAmong(store, wanted, byLink) : new Set();
  return wanted.map(({ type, value }, nth) =>
    type === 'externalId' && open.has(value) ? byOwn[nth] : (byOwn[nth] ?? byLink[nth]),
  );
};

/** a customer's identities as trackers use them: its external ids, and the devices linked since an instant */
export const identitiesOf = async (store: Store, id: string, since: string) => {
  const within = { from: 'identity#', to: 'identity$' };
  const [customer, { items }] = await Promise.all([
    resolveMerged(store, id),
    store.partition(['customer', id], { limit: 200, within }),
  ]);
  const own = customer ? identifiersOf(customer, 'externalId') : [];
  const linked = items.map(item => revive(identities, item)).filter(one => one.since >= since && !one.released);
  return [
    ...own.map(value => ({ type: 'externalId' as const, value })),
    ...linked.map(({ type, value }) => ({ type, value })),
  ];
};

export const customerPage = (store: Store, paging: Paging) => store.list(customers, 'all', 'all', paging);

/** the events of a timeline between two instants, newest first, as on the bus; `more`: there are more than `limit` */
export const timelineBetween = async (
  store: Store,
  id: string,
  { from, to, limit }: { from: string; to: string; limit: number },
) => {
  const part = { limit, within: { from: `@${from}`, to: `@${to}$` } };
  const { items, more } = await store.partition(['customer', id], part);
  const events = items.map(({ type, source, doc }) => ({
    type: type as string,
    source: source as string,
    ...(doc as EventDetail),
  }));
  return { events, more };
};
