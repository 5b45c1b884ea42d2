import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { giftCardHandlers } from './gift-cards/gift-cards.ts';
import { priceHandlers } from './price/prices.ts';
import { exchangeRateHandlers, priceBookHandlers } from './price-books/price-books.ts';
import { configurationHandlers } from './products/configurations.ts';
import { productHandlers } from './products/products.ts';
import { taxHandlers } from './taxes/taxes.ts';

export const handler = serve(routes, {
  ...productHandlers,
  ...configurationHandlers,
  ...priceBookHandlers,
  ...exchangeRateHandlers,
  ...taxHandlers,
  ...giftCardHandlers,
  ...priceHandlers,
});
