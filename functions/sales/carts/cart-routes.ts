import { lists, route } from '../../shared/http/contract.ts';
import { Cart } from './cart.ts';

export const cartRoutes = {
  cartsOfCustomer: route('GET /v1/customers/{id}/carts', {
    summary:
      'List the carts of a customer, as trackers report them: those that are open, and those that were ordered last',
    scope: 'sales.read',
    ...lists(Cart),
  }),
};
