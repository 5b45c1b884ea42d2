import * as z from 'zod';
import { byCustomer, byStaff, event, fromCustomer } from './define.ts';

export const customerSignedIn = event('customers', 'customer.signed-in', fromCustomer, {
  summary: 'a customer was issued an access token, by a mailed code or the login of the company',
  data: () => z.object({ by: z.enum(['code', 'company']), until: z.iso.datetime() }),
  example: { by: 'code', until: '2026-12-01T01:00:00.000Z' },
});

export const accessRevoked = event('customers', 'customer.access-revoked', byStaff, {
  summary: 'all access tokens of a customer were revoked',
  data: () => z.object({}),
  example: {},
});

const proposal = { attributes: z.array(z.string()) };

export const proposalMade = event('customers', 'proposal.made', byCustomer, {
  summary: 'a customer requested a change of its record that has to be reviewed',
  data: () => z.object(proposal),
  example: { attributes: ['familyName'] },
});

export const proposalAccepted = event('customers', 'proposal.accepted', byStaff, {
  summary: 'a change request of a customer was accepted and applied',
  data: () => z.object(proposal),
  example: { attributes: ['familyName'] },
});

export const proposalRejected = event('customers', 'proposal.rejected', byStaff, {
  summary: 'a change request of a customer was rejected, with the reason',
  data: () => z.object({ ...proposal, reason: z.string() }),
  example: { attributes: ['familyName'], reason: 'Please send us a copy of the certificate.' },
});

export const portalSettingsChanged = event('customers', 'portal-settings.changed', byStaff, {
  summary: 'the fields that customers can change were set',
  data: () => z.object({ direct: z.array(z.string()), review: z.array(z.string()) }),
  example: { direct: ['phone', 'address'], review: ['familyName'] },
});
