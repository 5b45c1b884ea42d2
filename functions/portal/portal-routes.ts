import * as z from 'zod';
import { ConsentStatus } from '../../events/customer.ts';
import { Consent } from '../consent/consent.ts';
import { confirmationErrors } from '../consent/errors.ts';
import { Me } from '../customers/active-customer.ts';
import { Profile } from '../customers/customer.ts';
import { confidentialAttribute, emailTaken, externalIdTaken } from '../customers/errors.ts';
import { IssuedToken } from '../shared/http/access.ts';
import { Instant, lists, page, route } from '../shared/http/contract.ts';
import { tenantName } from '../shared/http/principal.ts';
import {
  invalidCode,
  proposalDecided,
  proposalOutdated,
  tooManyCodes,
  tooManyProposals,
  tooManyTries,
} from './errors.ts';
import { PortalRules, PortalSettings } from './portal-settings.ts';
import { Proposal, ProposalState, ProposedPatch } from './proposal.ts';
import { limits } from './sign-in.ts';

const Address = { tenant: z.string().regex(tenantName, 'is not a tenant name'), email: Profile.shape.email.unwrap() };

export const MyConsent = Consent.pick({
  channel: true,
  topic: true,
  status: true,
  at: true,
  lawfulBasis: true,
  expiresAt: true,
  confirmBy: true,
});
const MyProposal = Proposal.omit({ customerId: true, was: true, decidedBy: true, issuer: true });

const taken = [emailTaken, externalIdTaken];

export const accessRoutes = {
  issueToken: route('POST /v1/customers/{id}/tokens', {
    summary: 'Issue an access token for a customer, for companies with their own login',
    scope: 'tokens.write',
    body: z.strictObject({ minutes: z.int().min(1).max(limits.tokenMinutes).default(30) }),
    reply: IssuedToken,
    status: 201,
    example: { minutes: 30 },
  }),
  revokeTokens: route('POST /v1/customers/{id}/tokens/revoke', {
    summary: 'Revoke all access tokens of a customer',
    scope: 'customers.write',
    reply: z.object({ notBefore: Instant }),
  }),
  askForCode: route('POST /v1/portal/sign-in', {
    summary: 'Send a sign-in code by e-mail; the reply does not show whether a customer has the address',
    auth: 'none',
    body: z.strictObject(Address),
    reply: z.object({
      accepted: z.literal(true),
      nonce: z.string().describe('keep it where the customer signs in: the code is exchanged with it only'),
    }),
    status: 202,
    errors: [tooManyCodes],
    example: { tenant: 'demo', email: 'ada.tan@example.com' },
  }),
  exchangeCode: route('POST /v1/portal/token', {
    summary: 'Exchange a sign-in code for an access token',
    auth: 'none',
    body: z.strictObject({
      ...Address,
      code: z.string().regex(/^\d{6}$/, 'is six digits'),
      nonce: z.string().max(64).describe('from the reply to the request of the code'),
    }),
    reply: IssuedToken,
    status: 201,
    errors: [invalidCode, tooManyTries],
    example: {
      tenant: 'demo',
      email: 'ada.tan@example.com',
      code: '042137',
      nonce: 'T0Zo3y1QHk8sJ1mZ5n0aP2bXcVqLwE4r',
    },
  }),
};

export const meRoutes = {
  readMe: route('GET /v1/me', { summary: 'Read the customer’s own record', auth: 'customer', reply: Me }),
  proposeChange: route('POST /v1/me/change-requests', {
    summary: 'Change the customer’s own record, or request the change where it is reviewed (JSON Merge Patch)',
    auth: 'customer',
    body: ProposedPatch,
    reply: z.object({ me: Me, applied: z.array(z.string()), proposal: MyProposal.nullable() }),
    errors: [...taken, tooManyProposals],
    example: { phone: '+65 6123 4568', familyName: 'Tan-Lim' },
  }),
  listMyChanges: route('GET /v1/me/change-requests', {
    summary: 'List the customer’s own change requests and their states, latest first',
    auth: 'customer',
    ...lists(MyProposal),
  }),
  listMyConsents: route('GET /v1/me/consents', {
    summary: 'List the customer’s own consents',
    auth: 'customer',
    reply: page(MyConsent),
  }),
  setMyConsent: route('PUT /v1/me/consents/{channel}/{topic}', {
    summary: 'Grant or withdraw consent',
    auth: 'customer',
    body: z.strictObject({ status: ConsentStatus }),
    reply: MyConsent,
    errors: confirmationErrors,
    example: { status: 'withdrawn' },
  }),
};

const ReviewedProposal = Proposal.extend({
  masked: z.array(z.string()).describe('confidential attributes with a value you may not see').optional(),
});

export const proposalRoutes = {
  listProposals: route('GET /v1/proposals', {
    summary: 'List the change requests of customers, latest first',
    scope: 'customers.read',
    ...lists(ReviewedProposal, { state: ProposalState.default('open') }),
  }),
  acceptProposal: route('POST /v1/proposals/{id}/accept', {
    summary: 'Accept a change request; the customer is notified',
    scope: 'customers.write',
    body: z.strictObject({ anyway: z.boolean().default(false) }),
    reply: ReviewedProposal,
    errors: [confidentialAttribute, proposalDecided, proposalOutdated, ...taken],
    example: { anyway: false },
  }),
  rejectProposal: route('POST /v1/proposals/{id}/reject', {
    summary: 'Reject a change request; the customer is notified with the reason',
    scope: 'customers.write',
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    reply: ReviewedProposal,
    errors: [proposalDecided],
    example: { reason: 'Please send us a copy of the certificate.' },
  }),
};

export const settingsRoutes = {
  readPortalSettings: route('GET /v1/settings/portal', {
    summary: 'Read which fields customers can change',
    scope: 'settings.read',
    reply: PortalSettings,
  }),
  putPortalSettings: route('PUT /v1/settings/portal', {
    summary: 'Set which fields customers can change, directly or after review',
    scope: 'settings.write',
    body: PortalRules,
    reply: PortalSettings,
    example: { direct: ['phone', 'address'], review: ['givenName', 'familyName', 'email'] },
  }),
};
