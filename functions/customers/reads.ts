import { financePart, finances, shownFinance } from '../billing/finance.ts';
import { consents, type StoredConsent } from '../consent/consent.ts';
import { currentConsents } from '../consent/current-consents.ts';
import { topicsOf } from '../consent/topic.ts';
import { texts as relationTexts } from '../memory/texts.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Item, revive } from '../shared/store/entity.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { knowledgeOf } from './attributes/knowledge.ts';
import { type Customer, customers } from './customer.ts';
import { erasedAs as erasedIdentitiesOf, lastErasedAt as lastErasureAt } from './erased-identities.ts';
import type { ErasedIdentity, KnownAs } from './erased-identity.ts';
import { identities, type identityTypes } from './identity.ts';
import { activeCustomer, resolveMerged } from './living.ts';
import { type CustomerReference, resolveReferences as namedAs, type ResolvedReference } from './named.ts';
import { type Detail, timelineEntry } from './read-timeline.ts';
import { settingsOf } from './settings.ts';
import { hiddenFrom, mustNotAsk, redacted, shownReason } from './shown.ts';

export type IdentityType = (typeof identityTypes)[number];

/** the customer, or whom it was merged into; undefined where there is none or it was erased */
export const customerById = (store: Store, id: string): Promise<Customer | undefined> => resolveMerged(store, id);

/** the customer, or whom it was merged into; a refusal where there is none (404) or it was erased (410) */
export const needCustomer = async (store: Store, id: string): Promise<Customer> =>
  (await resolveMerged(store, id)) ?? activeCustomer(store, id);

/** what conditions may ask of a customer's values beside the values; `confidence`: how sure they are, which takes a read */
export const knowledgeFor = async (store: Store, confidence: boolean) => {
  const settings = confidence ? await settingsOf(store) : undefined;
  return (customer: Customer, now: string) => knowledgeOf(customer, now, settings);
};

/** the customer as the caller may see it; refuses as `needCustomer` does */
export const customerSeenBy = async (ctx: Pick<Ctx, 'scopes' | 'store'>, id: string): Promise<Customer> => {
  const [customer, hidden] = await Promise.all([needCustomer(ctx.store, id), hiddenFrom(ctx)]);
  return redacted(customer, hidden);
};

/** what the caller may not see of customers: for the reasons of decisions, and for conditions it writes */
export const veilFor = async (ctx: Pick<Ctx, 'scopes' | 'store'>) => {
  const hidden = await hiddenFrom(ctx);
  return {
    reason: (reason: string) => shownReason(reason, hidden),
    mustNotAsk: (condition: Condition | undefined) => mustNotAsk(hidden, condition),
  };
};

/** id of the customer with that e-mail address */
export const customerIdByEmail = (store: Store, email: string) => store.holder(customers, 'email', email);

/** every consent of a customer as it was said, and how its account stands, which follows them; mostly one page */
const saidBy = async (store: Store, id: string) => {
  const found: Item[] = [];
  let after: string | undefined;
  do {
    const part = { limit: 200, within: { from: 'consent#', to: financePart }, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['customer', id], part);
    found.push(...items);
    after = last;
  } while (after);
  const account = found.find(({ kind }) => kind === finances.kind);
  const said = found.filter(({ kind }) => kind === consents.kind);
  return {
    said: said.map((item): StoredConsent => revive(consents, item)),
    ...(account ? { finance: shownFinance(revive(finances, account)) } : {}),
  };
};

/** a customer, how its account stands, and the consents that count for it now, in one call */
export const customerWithConsents = async (store: Store, id: string) => {
  // the main record and the consents lie on either side of the events: two short ranges
  const [customer, own, topics] = await Promise.all([resolveMerged(store, id), saidBy(store, id), topicsOf(store)]);
  if (!customer) return undefined;
  const { said, ...account } = customer.id === id ? own : await saidBy(store, customer.id);
  return {
    customer: { ...customer, ...account },
    consents: currentConsents(customer.id, said, topics, store.now),
  };
};

export type { CustomerReference, ResolvedReference };

/** whom each name that records of others have for a customer is of, in the order asked */
export const whoIsNamed = (store: Store, names: CustomerReference[]): Promise<ResolvedReference[]> =>
  namedAs(store, names);

/** how far back a condition over events looks: the customer's latest events, in pages */
const remembered = { pages: 10, page: 500 };

/** a customer's latest events of the given types, newest first, of the last 5,000 of all types */
export const eventsOf = async (store: Store, id: string, types: string[]) => {
  const found: { type: string; occurredAt: string; data: unknown }[] = [];
  const names = Object.fromEntries(types.map((type, nth) => [`:type${nth}`, type]));
  const filter = {
    FilterExpression: `#type IN (${Object.keys(names).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: names,
  };
  let after: string | undefined;
  for (let page = 0; page < remembered.pages; page++) {
    const { items, last } = await store.partition(['customer', id], {
      limit: remembered.page,
      within: { from: '@', to: '@:' },
      filter,
      ...(after ? { after } : {}),
    });
    found.push(...items.map(timelineEntry));
    if (!last) break;
    after = last;
  }
  return found;
};

/** ids of the customers that trackers' identities belong to, in one call, in the order asked */
export const customersOf = async (store: Store, asked: { type: IdentityType; value: string }[]) => {
  const linked = asked.map(({ type, value }) => ({ entity: identities, unique: 'value', value: `${type}:${value}` }));
  const own = asked.map(({ type, value }, nth) =>
    type === 'externalId' ? { entity: customers, unique: 'externalId', value } : linked[nth]!,
  );
  const found = await store.holders([...own, ...linked]);
  return asked.map((_, nth) => found[nth] ?? found[asked.length + nth]);
};

/** a customer's identities as trackers use them: its external ids, and the devices that were linked since an instant */
export const identitiesOf = async (store: Store, id: string, since: string) => {
  const within = { from: 'identity#', to: 'identity$' };
  const [customer, { items }] = await Promise.all([
    resolveMerged(store, id),
    store.partition(['customer', id], { limit: 200, within }),
  ]);
  const own = [customer?.externalId ?? [], customer?.also?.externalId ?? []].flat();
  const linked = items.map(item => revive(identities, item)).filter(one => one.since >= since);
  return [
    ...[...new Set(own)].map(value => ({ type: 'externalId' as const, value })),
    ...linked.map(({ type, value }) => ({ type, value })),
  ];
};

export type { KnownAs };
export type ErasedAs = Pick<ErasedIdentity, 'customerId' | 'at'>;

/** which identities were an erased customer's, in the order asked: of whom, and when it was erased */
export const erasedAs = (store: Store, asked: KnownAs[]): Promise<(ErasedAs | undefined)[]> =>
  erasedIdentitiesOf(store, asked);

/** when a customer was last erased, if ever: before the first time nobody need ask for identities */
export const lastErasedAt = (store: Store): Promise<string | undefined> => lastErasureAt(store);

/** a page of all customers, latest first */
export const customerPage = (store: Store, paging: Paging) => store.list(customers, 'all', 'all', paging);

/** what a customer's timeline holds between two instants, newest first, as it was on the bus; `more` when there is more than `limit` */
export const historyOf = async (
  store: Store,
  id: string,
  { from, to, limit }: { from: string; to: string; limit: number },
) => {
  const { items, more } = await store.partition(['customer', id], {
    limit,
    within: { from: `@${from}`, to: `@${to}$` },
  });
  const events = items.map(({ type, source, doc }) => ({
    type: type as string,
    source: source as string,
    ...(doc as Detail),
  }));
  return { events, more };
};

/** what people write down of customers, as texts to search: by the kind of record */
export const texts = relationTexts;
