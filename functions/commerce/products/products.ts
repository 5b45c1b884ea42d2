import { newId } from '../../../events/ids.ts';
import { productArchived, productChanged, productCreated } from '../../../events/product.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Change, created, eventOf, insert, update, updated } from '../../shared/store/changes.ts';
import { decidedUnder, lockOn } from '../../shared/store/lock.ts';
import { changeById, having, merged, readById } from '../../shared/store/records.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import type { Store } from '../../shared/store/store.ts';
import { productIsArchived } from '../errors.ts';
import { type Product, ProductFields, products } from './product.ts';
import { productRoutes } from './product-routes.ts';
import { configure, productsOf } from './read-products.ts';

const mostLevels = 5;

/** bundles of bundles, level by level: unknown parts, and circles that lead back */
const bundleFaults = async (
  store: Store,
  { sku, bundle = [] }: Pick<Product, 'sku' | 'bundle'>,
): Promise<FieldError[]> => {
  // of each part of this bundle, the skus that it leads to
  let reached = new Map(bundle.map((part, nth) => [nth, [part.sku]]));
  const faults: FieldError[] = [];
  const fault = (nth: number, message: string) => faults.push({ path: `bundle.${nth}.sku`, message });
  for (let level = 1; [...reached.values()].some(skus => skus.length); level++) {
    if (level > mostLevels) return [{ path: 'bundle', message: `has more than ${mostLevels} levels` }];
    const found = await productsOf(store, [...new Set([...reached.values()].flat())]);
    const next = new Map<number, string[]>();
    for (const [nth, skus] of reached) {
      const unknown = skus.find(one => found.get(one)?.state !== 'active');
      if (skus.includes(sku)) fault(nth, `leads back to ${sku}`);
      else if (unknown) fault(nth, `there is no active product ${unknown}`);
      else
        next.set(
          nth,
          skus.flatMap(one => found.get(one)?.bundle?.map(part => part.sku) ?? []),
        );
    }
    reached = next;
  }
  return faults;
};

/** bundles are decided one after the other, so that two together make no circle */
const checkedBundle = async (store: Store, product: Product): Promise<Change[]> => {
  if (!product.bundle) return [];
  const lock = await lockOn(store, 'bundles');
  const faults = await bundleFaults(store, product);
  if (faults.length) throw invalid(faults);
  return [decidedUnder(lock, [])];
};

export const productHandlers = handlers(productRoutes, {
  createProduct: ({ body }, { now, store }) =>
    retryOnConflict(async () => {
      const product: Product = created(now, { ...body, id: newId('product', now), state: 'active' as const });
      const changes = await checkedBundle(store, product);
      return store.commit([insert(products, product), eventOf(productCreated, product), ...changes], product);
    }),
  findProducts: async ({ query: { sku, category, state, ...paging } }, { store }) => {
    const keep = having<Product>({ state, ...(sku === undefined ? {} : { category }) });
    if (sku !== undefined) {
      const found = await store.getBy(products, 'sku', sku);
      return { items: found && keep(found) ? [found] : [], nextCursor: null };
    }
    return store.list(products, category ? 'category' : 'all', category ?? 'all', { ...paging, keep });
  },
  readProduct: readById(products),
  changeProduct: changeById(products, async (before, patch: object, { now, store }) => {
    if (before.state === 'archived') throw productIsArchived();
    const after = merged(now, ProductFields, before, patch);
    if (!after) return { after: before, changes: [] };
    const changes = 'bundle' in patch ? await checkedBundle(store, after) : [];
    return { after, changes: [update(products, before, after), eventOf(productChanged, after), ...changes] };
  }),
  archiveProduct: changeById(products, (before, _, { now }) => {
    if (before.state === 'archived') return { after: before, changes: [] };
    const after = updated(now, before, { state: 'archived' });
    return { after, changes: [update(products, before, after), eventOf(productArchived, after)] };
  }),
  configureProduct: async ({ params: { id = '' }, body: { choices } }, { store }) => configure(store, id, choices),
});
