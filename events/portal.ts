import * as z from 'zod';
import { event } from './define.ts';

export const customerSignedIn = event('customers', 'customer.signed-in', {
  by: 'customer',
  contact: 'in',
  triggers: true,
  summary: 'a customer has got a token of its own, by a mailed code or through the company’s own login',
  data: () => z.object({ by: z.enum(['code', 'company']), until: z.iso.datetime() }),
  example: { by: 'code', until: '2026-12-01T01:00:00.000Z' },
});

export const accessRevoked = event('customers', 'customer.access-revoked', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'every token that a customer has is worth nothing from now on',
  data: () => z.object({}),
  example: {},
});

const proposal = { attributes: z.array(z.string()) };

export const proposalMade = event('customers', 'proposal.made', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'a customer asks for a change of its record that somebody has to agree to',
  data: () => z.object(proposal),
  example: { attributes: ['familyName'] },
});

export const proposalAccepted = event('customers', 'proposal.accepted', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a change that a customer asked for was agreed to and made',
  data: () => z.object(proposal),
  example: { attributes: ['familyName'] },
});

export const proposalRejected = event('customers', 'proposal.rejected', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a change that a customer asked for was not agreed to, and why',
  data: () => z.object({ ...proposal, reason: z.string() }),
  example: { attributes: ['familyName'], reason: 'Please send us a copy of the certificate.' },
});

export const portalSettingsChanged = event('customers', 'portal-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what customers may change by themselves is another now',
  data: () => z.object({ direct: z.array(z.string()), review: z.array(z.string()) }),
  example: { direct: ['phone', 'address'], review: ['familyName'] },
});
