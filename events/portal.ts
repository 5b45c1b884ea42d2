import * as z from 'zod';
import { event } from './define.ts';

export const customerSignedIn = event('customers', 'customer.signed-in', {
  summary: 'a customer has got a token of its own, by a mailed code or through the company’s own login',
  data: () => z.object({ by: z.enum(['code', 'company']), until: z.iso.datetime() }),
  example: { by: 'code', until: '2026-12-01T01:00:00.000Z' },
});

export const accessRevoked = event('customers', 'customer.access-revoked', {
  summary: 'every token that a customer has is worth nothing from now on',
  data: () => z.object({}),
  example: {},
});
