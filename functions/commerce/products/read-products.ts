import { invalid } from '../../shared/http/api-error.ts';
import type { Store } from '../../shared/store/store.ts';
import { productIsArchived } from '../errors.ts';
import { configured } from './faults.ts';
import type { Choices } from './options.ts';
import { type Product, products } from './product.ts';
import { TooComplex } from './solve.ts';

/** the products of some skus, by sku */
export const productsOf = async (store: Store, skus: string[]): Promise<Map<string, Product>> => {
  const holders = await store.holders(skus.map(value => ({ entity: products, unique: 'sku', value })));
  const found = await store.getByIds(
    products,
    holders.filter(id => id !== undefined),
  );
  return new Map(found.map(product => [product.sku, product]));
};

/** a product on sale, and what choices of it come to */
export const configure = async (store: Store, id: string, choices: Choices) => {
  const product = await store.need(products, { id });
  if (product.state === 'archived') throw productIsArchived();
  try {
    return { product, ...configured(product, choices) };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    throw invalid([{ path: 'choices', message: 'leave too much open to be checked: choose more' }]);
  }
};

/** what the products of lines are called, by sku */
export const namesOf = async (store: Store, lines: { sku: string }[]): Promise<Map<string, string>> => {
  const found = await productsOf(store, [...new Set(lines.map(({ sku }) => sku))]);
  return new Map([...found].map(([sku, { name }]) => [sku, name]));
};
