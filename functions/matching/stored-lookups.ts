import { customers } from '../customers/customer.ts';
import type { Store } from '../shared/store/store.ts';
import type { Filed, Lookups } from './candidates.ts';

/** The lookups of the store. What several customers are looked up by, such as the address that they share, is asked once. */
export const storedLookups = (store: Store): Lookups => {
  const asked = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>) => {
    const before = asked.get(key) as Promise<T> | undefined;
    const answer = before ?? ask();
    asked.set(key, answer);
    return answer;
  };
  return {
    beside: (entry, value, how) =>
      once<Filed[]>(JSON.stringify([entry, value, how.upwards]), () => store.beside(customers, entry, value, how)),
    under: (entry, value, limit) =>
      once(JSON.stringify([entry, value]), async () => (await store.lookup(customers, entry, value, { limit })).items),
  };
};
