import type { Store } from '../../shared/store.ts';
import { customers, type StoredCustomer, stands } from '../customer.ts';
import { candidateIds } from './candidates.ts';
import { contradictions } from './contradictions.ts';
import { duplicateId, type StoredDuplicate } from './duplicate.ts';
import type { Alike } from './judge-pair.ts';
import { openDuplicates } from './open-duplicates.ts';
import { score } from './score.ts';
import { storedLookups } from './stored-lookups.ts';
import { type Subject, subjectOf } from './subject.ts';

/** so many customers are looked up at a time */
const together = 20;

export type Compared = { id: StoredDuplicate['id'] } & Omit<Alike, 'before'>;

const reach = async (store: Store, customer: StoredCustomer) => {
  const [found, open] = await Promise.all([
    candidateIds(customer, storedLookups(store)),
    customer.version === 1 ? [] : openDuplicates(store, customer.id), // what is new was never compared
  ]);
  return { customer, open, ids: [...new Set([...found, ...open.flatMap(one => one.customers)])] };
};

const reachAll = async (store: Store, asked: StoredCustomer[]) => {
  const reached: Awaited<ReturnType<typeof reach>>[] = [];
  for (let at = 0; at < asked.length; at += together) {
    reached.push(...(await Promise.all(asked.slice(at, at + together).map(customer => reach(store, customer)))));
  }
  return reached;
};

const keyed = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id as string, one]));

/** subjects are made once, however many they are compared with */
const subjects = () => {
  const made = new Map<string, Subject>();
  return (customer: StoredCustomer) => {
    const subject = made.get(customer.id) ?? subjectOf(customer);
    made.set(customer.id, subject);
    return subject;
  };
};

/**
 * Customers compared with whoever may be the same one, each pair once; and their duplicates that wait to be judged. Reads: the
 * lookups of each customer side by side, then all the others, a hundred a call.
 */
export const compareWithCandidates = async (store: Store, asked: StoredCustomer[]) => {
  const reached = await reachAll(store, asked);
  const known = keyed(asked);
  const others = [...new Set(reached.flatMap(({ ids }) => ids))].filter(id => !known.has(id));
  const there = await store.getAll(
    customers,
    others.map(id => ({ id })),
  );
  const byId = new Map([...known, ...keyed(there.filter(stands))]);
  const subject = subjects();
  const pairs = new Map<string, Compared>();
  for (const { customer, ids } of reached) {
    for (const other of ids.flatMap(id => byId.get(id) ?? [])) {
      if (other.id === customer.id || other.kind !== customer.kind) continue;
      const id = duplicateId(customer.id, other.id);
      if (pairs.has(id)) continue;
      const [a, b] = [subject(customer), subject(other)];
      const scored = score(a, b);
      pairs.set(id, { id, pair: [customer, other], scored, against: contradictions(a, b, scored) });
    }
  }
  return { pairs: [...pairs.values()], open: [...keyed(reached.flatMap(one => one.open)).values()] };
};
