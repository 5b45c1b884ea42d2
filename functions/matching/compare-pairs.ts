import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { type Subject, subjectOf } from '../customers/lookups/subject.ts';
import type { Store } from '../shared/store/store.ts';
import { contradictions } from './contradictions.ts';
import { duplicateId, type StoredDuplicate } from './duplicate.ts';
import type { Alike } from './judge-pair.ts';
import { score } from './score.ts';

export type Compared = { id: StoredDuplicate['id'] } & Omit<Alike, 'before'>;

export const byId = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id as string, one]));

/** subjects are made once, however many they are compared with */
const subjects = () => {
  const made = new Map<string, Subject>();
  return (customer: StoredCustomer) => {
    const subject = made.get(customer.id) ?? subjectOf(customer);
    made.set(customer.id, subject);
    return subject;
  };
};

/** Records compared, each pair once; who is not among those at hand is read, a hundred a call. Those that do not stand are none. */
export const comparePairs = async (
  store: Store,
  pairs: (readonly [string, string])[],
  atHand: StoredCustomer[] = [],
): Promise<Compared[]> => {
  const known = byId(atHand);
  const others = [...new Set(pairs.flat())].filter(id => !known.has(id));
  const there = await store.getAll(
    customers,
    others.map(id => ({ id })),
  );
  const all = new Map([...known, ...byId(there.filter(isActive))]);
  const subject = subjects();
  const compared = new Map<string, Compared>();
  for (const [one, two] of pairs) {
    const [about, other] = [all.get(one), all.get(two)];
    if (!about || !other || about.id === other.id || about.kind !== other.kind) continue;
    const id = duplicateId(about.id, other.id);
    if (compared.has(id)) continue;
    const [a, b] = [subject(about), subject(other)];
    const scored = score(a, b);
    compared.set(id, { id, pair: [about, other], scored, against: contradictions(a, b, scored) });
  }
  return [...compared.values()];
};
