import { customers, isActive } from '../customers/customer.ts';
import { type Subject, subjectOf } from '../customers/lookups/subject.ts';
import { cacheFor } from '../shared/cache.ts';
import type { Store } from '../shared/store/store.ts';
import type { Part } from './comparisons.ts';

/** the share of customers with a value of a part; 0 where few have it, or it is unknown */
export type Shares = (part: Part, value: string) => number;

export const noShares: Shares = () => 0;

const parts = 'given family organisation born number street district locality region postcode phones emails'.split(
  ' ',
) as Part[];

/** of a sample: fewer customers say nothing, and a value of fewer names may be of one customer, written in several ways */
const least = { customers: 50, names: 8 };

const nameOf = ({ given, family, organisation }: Subject) => [given, family, organisation].join(' ');

/** How common values are among some customers. One customer with several records counts once. */
export const sharesAmong = (subjects: Subject[]): Shares => {
  if (subjects.length < least.customers) return noShares;
  const names = new Map<string, Set<string>>();
  for (const subject of subjects) {
    for (const part of parts) {
      for (const value of [subject[part] ?? []].flat()) {
        const key = `${part} ${value}`;
        names.set(key, (names.get(key) ?? new Set()).add(nameOf(subject)));
      }
    }
  }
  const all = new Set(subjects.map(nameOf)).size;
  return (part, value) => {
    const count = names.get(`${part} ${value}`)?.size ?? 0;
    return count < least.names ? 0 : count / all;
  };
};

export const sampled = 200;

const readSample = async (store: Store) => {
  const page = { limit: sampled / 2 };
  const first = await store.list(customers, 'all', 'all', page);
  const second = first.nextCursor
    ? await store.list(customers, 'all', 'all', { ...page, cursor: first.nextCursor })
    : { items: [] };
  const all = [...first.items, ...second.items];
  return { shares: sharesAmong(all.filter(isActive).map(subjectOf)), isWhole: all.length >= sampled };
};

const samples = cacheFor<Awaited<ReturnType<typeof readSample>>>(10 * 60_000, 1000);

/** How common values are among a sample of the company's customers. A sample of all that there are grows with them. */
export const readShares = async (store: Store): Promise<Shares> => {
  const lasting = (_: string, sample: { isWhole: boolean } | undefined) => sample?.isWhole ?? false;
  return (await samples.of(store.tenant, { now: store.now, lasting }, () => readSample(store))).shares;
};
