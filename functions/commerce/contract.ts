import { giftCardRoutes } from './gift-cards/gift-card-routes.ts';
import { priceRoutes } from './price/price-routes.ts';
import { exchangeRateRoutes, priceBookRoutes } from './price-books/price-book-routes.ts';
import { configurationRoutes, productRoutes } from './products/product-routes.ts';
import { taxRoutes } from './taxes/tax-routes.ts';

export const about = 'The catalogue: products and their configurations, price books, taxes, gift cards, and prices.';

export const routes = {
  ...productRoutes,
  ...configurationRoutes,
  ...priceBookRoutes,
  ...exchangeRateRoutes,
  ...taxRoutes,
  ...giftCardRoutes,
  ...priceRoutes,
};
