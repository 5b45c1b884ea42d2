import { consents, effective, type StoredConsent } from '../consent/consent.ts';
import { prevails } from '../consent/consent-merge.ts';
import { isSameTopic } from '../consent/current-consents.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { revive } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { isDerived, listed, movedSingly, parts } from './merge-rules.ts';

const most = 100;

const partsOf = async (store: Store, id: string) =>
  (await store.partition(['customer', id], { limit: 2 * most, within: { from: 'a', to: '{' } })).items;

type Parts = Awaited<ReturnType<typeof partsOf>>;

const consentsIn = (items: Parts, { now }: Store) =>
  items.filter(({ kind }) => kind === consents.kind).map(item => effective(revive(consents, item), now));

/** the consent on each channel and topic after the merge, and of which record it is */
const mergedConsents = (mine: StoredConsent[], others: StoredConsent[]) => {
  const matching = (all: StoredConsent[], other: StoredConsent) => all.find(one => isSameTopic(one, other));
  const taken = others.filter(other => prevails(matching(mine, other), other));
  const left = mine.filter(consent => !matching(taken, consent));
  const shown =
    (by: 'into' | 'from') =>
    ({ channel, topic, status }: StoredConsent) => ({ channel, topic, status, by });
  return [...left.map(shown('into')), ...taken.map(shown('from'))];
};

const dropped = (merged: StoredCustomer, both: StoredCustomer[]) =>
  (['email', 'phone'] as const).flatMap(field => [
    ...new Set(both.flatMap(one => (one[field] && one[field] !== merged[field] ? [one[field]] : []))),
  ]);

const unfiled = [...movedSingly].filter(([, { entity }]) => !entity.owner);

type Planned = { into: StoredCustomer; from: StoredCustomer; customer: StoredCustomer };

/** What a merge moves, which consents count after it, and where the customer is no longer contacted. */
export const previewMerge = async ({ into, from, customer }: Planned, { store }: Ctx) => {
  const [mine, others, events, filed, ...pages] = await Promise.all([
    partsOf(store, into.id),
    partsOf(store, from.id),
    store.partition(['customer', from.id], { limit: most, within: allEvents }),
    store.filed(from.id, { kinds: listed, limit: most }),
    ...unfiled.map(([, { rule }]) => rule.keysOf(store, from.id, { limit: most })),
  ]);
  // a record may be filed in two indexes
  const once = [...new Map(filed.map(record => [`${record.pk} ${record.sk}`, record])).values()];
  const records: Record<string, number> = {};
  for (const { kind } of once.filter(record => !isDerived(record))) records[kind] = (records[kind] ?? 0) + 1;
  for (const [nth, { items }] of pages.entries()) if (items.length) records[unfiled[nth]![0]] = items.length;
  const counted = (area: string) =>
    others.filter(({ kind }) => parts.get(kind as string)?.rule.counted === area).length;
  return {
    moves: {
      events: events.items.length,
      identities: counted('identities'),
      lists: counted('lists'),
      records,
      more: events.last !== undefined || filed.length === most || pages.some(({ nextCursor }) => nextCursor !== null),
    },
    consents: mergedConsents(consentsIn(mine, store), consentsIn(others, store)),
    dropped: dropped(customer, [into, from]),
  };
};
