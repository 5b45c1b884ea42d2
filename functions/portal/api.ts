import { serve } from '../shared/http/serve.ts';
import { acceptProposal } from './accept-proposal.ts';
import { askForCode } from './ask-for-code.ts';
import { routes } from './contract.ts';
import { exchangeCode } from './exchange-code.ts';
import { issueToken } from './issue-token.ts';
import { listMyChanges } from './list-my-changes.ts';
import { listMyConsents } from './list-my-consents.ts';
import { listProposals } from './list-proposals.ts';
import { proposeChange } from './propose-change.ts';
import { putPortalSettings } from './put-portal-settings.ts';
import { readMe } from './read-me.ts';
import { readPortalSettings } from './read-portal-settings.ts';
import { rejectProposal } from './reject-proposal.ts';
import { revokeTokens } from './revoke-tokens.ts';
import { setMyConsent } from './set-my-consent.ts';

export const handler = serve(routes, {
  issueToken,
  revokeTokens,
  askForCode,
  exchangeCode,
  readMe,
  proposeChange,
  listMyChanges,
  listMyConsents,
  setMyConsent,
  listProposals,
  acceptProposal,
  rejectProposal,
  readPortalSettings,
  putPortalSettings,
});
