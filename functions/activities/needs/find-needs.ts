import { invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { needs, wanting } from './need.ts';
import type { needRoutes } from './need-routes.ts';

/** who is in need of a product, or of something in a category */
export const findNeeds: Handler<typeof needRoutes.findNeeds> = ({ query }, { store }) => {
  const { productId, category, status, ...paging } = query;
  if (productId && category) throw invalid([{ path: 'category', message: 'ask by productId or by category' }]);
  if (productId) return store.list(needs, 'product', wanting(productId, status), paging);
  if (category) return store.list(needs, 'category', wanting(category, status), paging);
  throw invalid([{ path: 'productId', message: 'ask by productId or by category' }]);
};
