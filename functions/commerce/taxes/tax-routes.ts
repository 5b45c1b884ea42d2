import { lists, route } from '../../shared/http/contract.ts';
import { Tax, TaxFields } from './tax.ts';

const read = { scope: 'sales.read' } as const;
const write = { scope: 'settings.admin' } as const;

export const taxRoutes = {
  putTax: route('PUT /v1/taxes/{id}', {
    summary: 'Create or replace a tax of a country on a category of products',
    ...write,
    body: TaxFields,
    reply: Tax,
    location: ({ id }) => `/v1/taxes/${id}`,
    example: { country: 'DE', category: 'standard', rate: '19' },
  }),
  listTaxes: route('GET /v1/taxes', { summary: 'List taxes by id', ...read, ...lists(Tax) }),
  readTax: route('GET /v1/taxes/{id}', { summary: 'Read a tax', ...read, reply: Tax }),
  removeTax: route('DELETE /v1/taxes/{id}', { summary: 'Delete a tax', ...write, reply: Tax }),
};
