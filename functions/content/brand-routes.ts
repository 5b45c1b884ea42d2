import { lists, route } from '../shared/http/contract.ts';
import { Brand, BrandFields } from './brand.ts';

export const brandRoutes = {
  putBrand: route('PUT /v1/brands/{id}', {
    summary: 'Create or replace a brand: the sender, look, footer and legal text of e-mails',
    scope: 'settings.admin',
    body: BrandFields,
    reply: Brand,
    location: ({ id }) => `/v1/brands/${id}`,
    example: {
      name: 'Auto Inc.',
      senderName: 'Auto Inc. Service',
      replyTo: 'service@auto.example',
      colour: '#1a4fb4',
      legalText: 'Auto Inc., 1 Raffles Place, Singapore 048616',
    },
  }),
  readBrand: route('GET /v1/brands/{id}', { summary: 'Read a brand', scope: 'marketing.read', reply: Brand }),
  listBrands: route('GET /v1/brands', { summary: 'List brands by id', scope: 'marketing.read', ...lists(Brand) }),
};
