import { consents, effective } from '../consent/consent.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { identities } from '../customers/identity.ts';
import { members } from '../lists/list.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isDerived } from '../shared/store/customer-records.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { kinds } from './carried.ts';
import { laterWord } from './settle-parts.ts';

/** counted up to here; there may be more */
const counted = 100;

const partsOf = async (store: Store, id: string) =>
  (await store.partition(['customer', id], { limit: 2 * counted, within: { from: 'a', to: '{' } })).items;

type Parts = Awaited<ReturnType<typeof partsOf>>;

const consentsIn = (parts: Parts, { now }: Store) =>
  parts.filter(({ kind }) => kind === consents.kind).map(item => effective(revive(consents, item), now));

/** what will have been said on each channel and topic, and by which record */
const settled = (mine: ReturnType<typeof consentsIn>, other: ReturnType<typeof consentsIn>) => {
  const taken = other.filter(word =>
    laterWord(
      mine.find(({ channel, topic }) => channel === word.channel && topic === word.topic),
      word,
    ),
  );
  const stays = mine.filter(
    word => !taken.some(({ channel, topic }) => channel === word.channel && topic === word.topic),
  );
  const told =
    (by: 'into' | 'from') =>
    ({ channel, topic, status }: (typeof mine)[number]) => ({ channel, topic, status, by });
  return [...stays.map(told('into')), ...taken.map(told('from'))];
};

/** addresses that one of the two was reached at, and the one customer will not be */
const dropped = (is: StoredCustomer, was: StoredCustomer[]) =>
  (['email', 'phone'] as const).flatMap(field => [
    ...new Set(was.flatMap(one => (one[field] && one[field] !== is[field] ? [one[field]] : []))),
  ]);

type Asked = { into: StoredCustomer; from: StoredCustomer; customer: StoredCustomer };

/** What a merger brings: what moves, what will have been agreed to, and where the customer is reached no more. */
export const preview = async ({ into, from, customer }: Asked, { store }: Ctx) => {
  const events = { from: '@', to: '@:' };
  const [mine, other, happened, records, owed] = await Promise.all([
    partsOf(store, into.id),
    partsOf(store, from.id),
    store.partition(['customer', from.id], { limit: counted, within: events }),
    store.filed(from.id, { limit: counted }),
    kinds.invoice.keysOf(store, from.id, { limit: counted }),
  ]);
  // one may be filed in two places
  const once = [...new Map(records.map(record => [`${record.pk} ${record.sk}`, record])).values()];
  const invoices = owed.items.length;
  const own = once.filter(record => !isDerived(record));
  const byKind = Object.entries(Object.groupBy(own, ({ kind }) => kind as string));
  return {
    moves: {
      events: happened.items.length,
      identities: other.filter(({ kind }) => kind === identities.kind).length,
      lists: other.filter(({ kind }) => kind === members.kind).length,
      records: {
        ...Object.fromEntries(byKind.map(([kind, some = []]) => [kind, some.length])),
        ...(invoices ? { invoice: invoices } : {}),
      },
      more: happened.last !== undefined || records.length === counted || owed.nextCursor !== null,
    },
    consents: settled(consentsIn(mine, store), consentsIn(other, store)),
    dropped: dropped(customer, [into, from]),
  };
};
