import type { StoredCustomer } from '../customers/customer.ts';

/** so many addresses, ids and numbers of others a customer is known by */
const knownBy = ({ mergedIdentifiers }: StoredCustomer) => Object.values(mergedIdentifiers ?? {}).flat().length;

/** Which of two records stays when they are made one: the one that stands for more already, else the older. */
export const staying = (a: StoredCustomer, b: StoredCustomer) => {
  if (knownBy(a) !== knownBy(b)) return knownBy(a) > knownBy(b) ? a : b;
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? a : b;
  return a.id < b.id ? a : b;
};
