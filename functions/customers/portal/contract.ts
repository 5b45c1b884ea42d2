import * as z from 'zod';
import { Instant, route } from '../../shared/contract.ts';
import { IssuedToken } from '../../shared/customer-token.ts';
import { tenantName } from '../../shared/principal.ts';
import { Profile } from '../customer.ts';
import { Me } from './me.ts';
import { limits } from './sign-in.ts';

export const about = 'What a customer sees and says of itself, with a token of its own.';

const Address = { tenant: z.string().regex(tenantName, 'is not a tenant’s name'), email: Profile.shape.email.unwrap() };

export const routes = {
  issueToken: route('POST /v1/customers/{id}/tokens', {
    summary: 'Give a customer a token of its own, for a company with a login of its own',
    scope: 'customers.write',
    body: z.strictObject({ minutes: z.int().min(1).max(limits.tokenMinutes).default(30) }),
    reply: IssuedToken,
    status: 201,
    example: { minutes: 30 },
  }),
  revokeTokens: route('POST /v1/customers/{id}/tokens/revoke', {
    summary: 'Make every token that a customer has worth nothing',
    scope: 'customers.write',
    reply: z.object({ notBefore: Instant }),
  }),
  askForCode: route('POST /v1/portal/sign-in', {
    summary: 'Mail a code to sign in with, if a customer has that address; the reply does not tell',
    auth: 'none',
    body: z.strictObject(Address),
    reply: z.object({ accepted: z.literal(true) }),
    status: 202,
    refuses: ['sign-in.too-often'],
    example: { tenant: 'demo', email: 'ada.tan@example.com' },
  }),
  exchangeCode: route('POST /v1/portal/token', {
    summary: 'Exchange a mailed code for a token',
    auth: 'none',
    body: z.strictObject({ ...Address, code: z.string().regex(/^\d{6}$/, 'is six digits') }),
    reply: IssuedToken,
    status: 201,
    refuses: ['sign-in.wrong'],
    example: { tenant: 'demo', email: 'ada.tan@example.com', code: '042137' },
  }),
  readMe: route('GET /v1/me', {
    summary: 'What a customer’s own record says',
    auth: 'customer',
    reply: Me,
  }),
};
