import { tokenMissing, tokenWithoutTenant } from './errors.ts';
import { roles } from './roles.ts';

export type Principal = {
  tenant: string;
  actor: string;
  scopes: ReadonlySet<string>;
  groups?: readonly string[];
  me?: string;
  /** who had the token of the customer that calls issued */
  issuer?: string;
};

export const tenantName = /^[a-z0-9][a-z0-9-]{0,62}$/;

type Claims = Record<string, unknown>;

// API Gateway hands arrays over as the text "[a b]"
const words = (claim: unknown) =>
  typeof claim === 'string'
    ? claim
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean)
    : [];

const tenantOf = (claims: Claims, granted: string[]) =>
  (claims['custom:tenant'] as string | undefined) ??
  // a machine client's tenant is the scope tenant/<name>, which its registration alone can grant
  granted.find(scope => scope.startsWith('tenant/'))?.slice('tenant/'.length);

export const principalOf = (claims: Claims | undefined): Principal => {
  if (!claims) throw tokenMissing();
  if (claims.token_use === 'id')
    throw tokenMissing('An access token is required, not an ID token. Use the access token of the sign-in.');
  const granted = words(claims.scope);
  const tenant = tenantOf(claims, granted);
  if (!tenant || !tenantName.test(tenant)) throw tokenWithoutTenant();
  const scopes = new Set<string>(granted.map(scope => scope.replace(/^rapport\//, '')));
  const groups = words(claims['cognito:groups']);
  const held = groups.filter(role => Object.hasOwn(roles, role));
  for (const role of held) for (const scope of roles[role] ?? []) scopes.add(scope);
  const machine = claims.sub === claims.client_id;
  return { tenant, scopes, groups, actor: machine ? `client:${claims.client_id}` : `user:${claims.sub}` };
};
