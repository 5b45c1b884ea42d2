import { serve } from '../../shared/serve.ts';
import { askForCode } from './ask-for-code.ts';
import { routes } from './contract.ts';
import { exchangeCode } from './exchange-code.ts';
import { issueToken } from './issue-token.ts';
import { readMe } from './read-me.ts';
import { revokeTokens } from './revoke-tokens.ts';

export const handler = serve(routes, { issueToken, revokeTokens, askForCode, exchangeCode, readMe });
