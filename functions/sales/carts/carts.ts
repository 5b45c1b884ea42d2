import { activeCustomer } from '../../customers/active-customer.ts';
import { handlers } from '../../shared/http/contract.ts';
import { recordPage } from '../../shared/store/record-page.ts';
import { cartParts, carts, isFilled, shownCart } from './cart.ts';
import { cartRoutes } from './cart-routes.ts';

export const cartHandlers = handlers(cartRoutes, {
  cartsOfCustomer: async ({ params: { id = '' }, query }, { store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    const page = await recordPage(store, carts, ['customer', customerId], { ...query, within: cartParts });
    return { ...page, items: page.items.map(shownCart).filter(isFilled) };
  },
});
