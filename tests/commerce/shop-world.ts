import { related } from '../relations-world.ts';
import { world } from '../world.ts';

export type Body = Record<string, unknown>;

/** a company with a catalogue to fill */
export const shop = async () => {
  const crm = related(await world());
  const put = (path: string, id: string, body: Body) => crm.ask(`PUT /v1/${path}/{id}`, { params: { id }, body });
  return {
    ...crm,
    product: (body: Body) => crm.ask('POST /v1/products', { body: { name: 'A', ...body } }),
    book: (id: string, body: Body) => put('price-books', id, { currency: 'EUR', rank: 100, prices: [], ...body }),
    tax: (id: string, body: Body) => put('taxes', id, { country: 'DE', rate: '19', ...body }),
    price: (body: Body) => crm.ask('POST /v1/price', { body: { currency: 'EUR', ...body } }),
  };
};

export const each = (unit: string | number, sku = 'A', more: Body = {}) => ({ sku, model: 'perUnit', unit, ...more });
