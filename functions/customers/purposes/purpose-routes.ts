import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Purpose, PurposeFields } from './purpose.ts';

export const purposeRoutes = {
  putPurpose: route('PUT /v1/purposes/{name}', {
    summary:
      'Register what personal data is used for: which attributes and events, on what basis, and who answers for it',
    scope: 'settings.write',
    body: PurposeFields,
    reply: Purpose,
    errors: ['purpose.too-many'],
    example: {
      description: 'Telling customers of offers that fit them',
      lawfulBasis: 'consent',
      owner: 'marketing@auto.example',
      attributes: ['givenName', 'email', 'address.country', 'orders'],
      events: ['tracked.*', 'order.completed'],
      retention: 'P3Y',
      access: { roles: ['marketer'] },
    },
  }),
  listPurposes: route('GET /v1/purposes', {
    summary: 'What personal data is used for, by name',
    scope: 'settings.read',
    query: z.strictObject(paging),
    reply: page(Purpose),
  }),
  removePurpose: route('DELETE /v1/purposes/{name}', {
    summary: 'Register that personal data is no longer used for a purpose',
    scope: 'settings.write',
    reply: Purpose,
    errors: ['purpose.in-use'],
  }),
};
