import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { type Subject, subjectOf } from '../customers/lookups/subject.ts';
import { duplicateId, type Pair, type StoredDuplicate } from '../merging/duplicate.ts';
import type { Store } from '../shared/store/store.ts';
import { contradictions, type Scored, score } from './score.ts';
import { noShares, readShares, type Shares } from './shares.ts';

export type Compared = { id: StoredDuplicate['id']; pair: Pair; scored: Scored; against: string[] };

/** both records of a duplicate, unless one of them was merged or erased */
export const activePair = async (store: Store, { customers: ids }: StoredDuplicate): Promise<Pair | undefined> => {
  const [a, b] = await Promise.all(ids.map(id => store.get(customers, { id })));
  return a && b && isActive(a) && isActive(b) ? [a, b] : undefined;
};

/** compares two records: how probably they are of one customer, and what forbids to merge them automatically */
export const compare = (
  [one, other]: Pair,
  shares: Shares,
  subject = subjectOf,
): Pick<Compared, 'scored' | 'against'> => {
  const [a, b] = [subject(one), subject(other)];
  const scored = score(a, b, shares);
  return { scored, against: contradictions(a, b, scored) };
};

export const byId = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id as string, one]));

const subjects = () => {
  const made = new Map<string, Subject>();
  return (customer: StoredCustomer) => {
    const subject = made.get(customer.id) ?? subjectOf(customer);
    made.set(customer.id, subject);
    return subject;
  };
};

/** below it nothing is decided, with shares or without */
const notable = 0.01;

/** Common values are weaker evidence: how common they are is read only where two records look alike. */
const withShares = async (store: Store, all: Compared[], subject: (customer: StoredCustomer) => Subject) => {
  if (!all.some(({ scored }) => scored.probability >= notable)) return all;
  const shares = await readShares(store);
  return all.map(one => (one.scored.probability >= notable ? { ...one, ...compare(one.pair, shares, subject) } : one));
};

/** Compares records, each pair once; those that are not `loaded` are read, a hundred a call. Merged and erased ones are left out. */
export const comparePairs = async (
  store: Store,
  pairs: (readonly [string, string])[],
  loaded: StoredCustomer[] = [],
): Promise<Compared[]> => {
  const known = byId(loaded);
  const others = [...new Set(pairs.flat())].filter(id => !known.has(id));
  const read = await store.getByIds(customers, others);
  const all = new Map([...known, ...byId(read.filter(isActive))]);
  const subject = subjects();
  const compared = new Map<string, Compared>();
  for (const [one, two] of pairs) {
    const [about, other] = [all.get(one), all.get(two)];
    if (!about || !other || about.id === other.id || about.kind !== other.kind) continue;
    const id = duplicateId(about.id, other.id);
    if (compared.has(id)) continue;
    const pair: Pair = [about, other];
    compared.set(id, { id, pair, ...compare(pair, noShares, subject) });
  }
  return withShares(store, [...compared.values()], subject);
};
