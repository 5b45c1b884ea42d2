import * as z from 'zod';
import { ConsentStatus } from '../../events/customer.ts';
import { Consent } from '../consent/consent.ts';
import { Me } from '../customers/active-customer.ts';
import { Profile } from '../customers/customer.ts';
import { IssuedToken } from '../shared/http/access.ts';
import { Instant, page, paging, route } from '../shared/http/contract.ts';
import { tenantName } from '../shared/http/principal.ts';
import { PortalRules, PortalSettings } from './portal-settings.ts';
import { Proposal, ProposedPatch } from './proposal.ts';
import { limits } from './sign-in.ts';

export const about = 'What a customer sees and says of itself, with a token of its own.';

const Address = { tenant: z.string().regex(tenantName, 'is not a tenant’s name'), email: Profile.shape.email.unwrap() };

const MyConsent = Consent.pick({
  channel: true,
  topic: true,
  status: true,
  at: true,
  lawfulBasis: true,
  expiresAt: true,
  confirmBy: true,
});
const MyProposal = Proposal.omit({ customerId: true, was: true, decidedBy: true });

const taken = ['customer.email-taken', 'customer.external-id-taken'];

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
    errors: ['sign-in.too-often'],
    example: { tenant: 'demo', email: 'ada.tan@example.com' },
  }),
  exchangeCode: route('POST /v1/portal/token', {
    summary: 'Exchange a mailed code for a token',
    auth: 'none',
    body: z.strictObject({ ...Address, code: z.string().regex(/^\d{6}$/, 'is six digits') }),
    reply: IssuedToken,
    status: 201,
    errors: ['sign-in.invalid-code'],
    example: { tenant: 'demo', email: 'ada.tan@example.com', code: '042137' },
  }),
  readMe: route('GET /v1/me', {
    summary: 'What a customer’s own record says',
    auth: 'customer',
    reply: Me,
  }),
  proposeChange: route('POST /v1/me/change-requests', {
    summary: 'Change one’s own record, or ask for it where somebody has to agree (JSON Merge Patch)',
    auth: 'customer',
    body: ProposedPatch,
    reply: z.object({ me: Me, applied: z.array(z.string()), proposal: MyProposal.nullable() }),
    errors: [...taken, 'proposal.too-many'],
    example: { phone: '+65 6123 4568', familyName: 'Tan-Lim' },
  }),
  listMyChanges: route('GET /v1/me/change-requests', {
    summary: 'What one asked to be changed, and what became of it, latest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyProposal),
  }),
  listMyConsents: route('GET /v1/me/consents', {
    summary: 'What a customer agreed to and did not',
    auth: 'customer',
    reply: page(MyConsent),
  }),
  setMyConsent: route('PUT /v1/me/consents/{channel}/{topic}', {
    summary: 'Grant or withdraw consent',
    auth: 'customer',
    body: z.strictObject({ status: ConsentStatus }),
    reply: MyConsent,
    errors: ['consent.not-askable', 'consent.no-address', 'consent.asked-too-often'],
    example: { status: 'withdrawn' },
  }),
  listProposals: route('GET /v1/proposals', {
    summary: 'Changes that customers ask for, latest first',
    scope: 'customers.read',
    query: z.strictObject({ state: Proposal.shape.state.default('open'), ...paging }),
    reply: page(Proposal),
  }),
  acceptProposal: route('POST /v1/proposals/{id}/accept', {
    summary: 'Agree to a change that a customer asked for; the customer is told',
    scope: 'customers.write',
    body: z.strictObject({ anyway: z.boolean().default(false) }),
    reply: Proposal,
    errors: ['proposal.decided', 'proposal.outdated', ...taken],
    example: { anyway: false },
  }),
  rejectProposal: route('POST /v1/proposals/{id}/reject', {
    summary: 'Do not agree to a change that a customer asked for; the customer is told why',
    scope: 'customers.write',
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    reply: Proposal,
    errors: ['proposal.decided'],
    example: { reason: 'Please send us a copy of the certificate.' },
  }),
  readPortalSettings: route('GET /v1/settings/portal', {
    summary: 'What customers may change of their records',
    scope: 'settings.read',
    reply: PortalSettings,
  }),
  putPortalSettings: route('PUT /v1/settings/portal', {
    summary: 'Say what customers may change of their records, at once or after review',
    scope: 'settings.write',
    body: PortalRules,
    reply: PortalSettings,
    example: { direct: ['phone', 'address'], review: ['givenName', 'familyName', 'email'] },
  }),
};
