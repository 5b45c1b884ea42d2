import type { Store } from '../../shared/store.ts';
import { customers } from '../customer.ts';
import type { Lookups } from './candidates.ts';

/** the lookups of the store */
export const storedLookups = (store: Store): Lookups => ({
  beside: (entry, value, most, upwards) => store.beside(customers, entry, value, { limit: most, upwards }),
  under: async (entry, value, most) => (await store.lookup(customers, entry, value, { limit: most })).items,
});
