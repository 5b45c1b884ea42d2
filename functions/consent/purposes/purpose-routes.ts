import * as z from 'zod';
import { mostPurposes, Purpose, PurposeFields } from '../../customers/purpose.ts';
import { problem } from '../../shared/http/api-error.ts';
import { page, paging, route } from '../../shared/http/contract.ts';

export const tooManyPurposes = problem(
  'conflict',
  'purpose.too-many',
  `The limit of ${mostPurposes} purposes is reached. Delete one first.`,
);
export const purposeInUse = problem(
  'conflict',
  'purpose.in-use',
  'Topics refer to this purpose. Change or delete them first.',
);

export const purposeRoutes = {
  putPurpose: route('PUT /v1/purposes/{name}', {
    summary: 'Register a purpose of processing: attributes and events used, lawful basis, responsible owner',
    scope: 'settings.write',
    body: PurposeFields,
    reply: Purpose,
    errors: [tooManyPurposes],
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
    summary: 'List the purposes of processing by name',
    scope: 'settings.read',
    query: z.strictObject(paging),
    reply: page(Purpose),
  }),
  removePurpose: route('DELETE /v1/purposes/{name}', {
    summary: 'Delete a purpose of processing',
    scope: 'settings.write',
    reply: Purpose,
    errors: [purposeInUse],
  }),
};
