import { createHash } from 'node:crypto';
import type { Cognito } from './cognito.ts';
import type { HttpApi } from './http-api.ts';
import type { Issuer } from './issuer.ts';

type Request = { tenant: string; roles: string[]; scopes?: string[]; subject?: string };

/** what Cognito gives a person who signs in; roles, not scopes, grant permissions */
const personal = ['aws.cognito.signin.user.admin'];

const uuidOf = (text: string) => {
  const hash = createHash('sha256').update(text).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
};

/**
 * Mints access tokens with the claims that Cognito and the pool's trigger would give them. A person's tenant is an attribute; the
 * subject stays the same for a tenant unless named.
 */
export const tokenMint =
  (issuer: Issuer, cognito: Cognito, api: HttpApi) =>
  async ({ tenant, roles, scopes = personal, subject }: Request): Promise<string> => {
    const [by = 'https://cognito-idp.local/none'] = cognito.issuers();
    const client = api.audience()[0] ?? cognito.clients()[0] ?? 'local';
    const claims = {
      sub: subject ?? uuidOf(`${tenant} local`),
      client_id: client,
      aud: client,
      token_use: 'access',
      scope: scopes.join(' '),
      username: subject ?? 'local',
      'cognito:groups': roles,
    };
    return issuer.sign(by, await cognito.customised(claims, { 'custom:tenant': tenant }));
  };
