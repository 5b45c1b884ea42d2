import type { Clock } from '../runtime/service.ts';
import type { Target } from './http-api.ts';
import type { Claims, Issuer } from './issuer.ts';

/** verified tokens in memory, so that each signature is checked once */
const mostTokens = 1000;

export type Verdict = { claims: Record<string, string> } | { status: 401 | 403; message: string; challenge: string };

const unauthorized: Verdict = { status: 401, message: 'Unauthorized', challenge: 'Bearer' };

const invalid = (why: string): Verdict => ({
  status: 401,
  message: 'Unauthorized',
  challenge: `Bearer scope="" error="invalid_token" error_description="${why}"`,
});

/** claims as API Gateway hands them over: every value a text, lists as `[a b]` */
export const asTexts = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );

const scopesOf = ({ scope, scp }: Claims) =>
  [scope, scp].flatMap(claim => (Array.isArray(claim) ? claim : String(claim ?? '').split(' '))).filter(Boolean);

const isFor = ({ aud, client_id }: Claims, audience: string[]) =>
  audience.length === 0 || [aud, client_id].flat().some(one => audience.includes(String(one)));

/** Authorizes requests as a JWT authorizer of API Gateway does. */
export const openAuthorizer = (issuer: Issuer, clock: Clock, trusted: () => Set<string>) => {
  const known = new Map<string, { claims: Claims; texts: Record<string, string> }>();

  const claimsOf = async (token: string, by: string) => {
    const found = known.get(token);
    if (found) return found;
    const claims = await issuer.verify(token, by);
    const fresh = { claims, texts: asTexts(claims) };
    if (known.size >= mostTokens) known.delete(known.keys().next().value!);
    known.set(token, fresh);
    return fresh;
  };

  return async ({ authorizer, scopes }: Target, header: string | undefined): Promise<Verdict> => {
    const token = header?.replace(/^bearer\s+/i, '').trim();
    if (!authorizer || !token) return unauthorized;
    if (!trusted().has(authorizer.issuer)) return invalid('the issuer is unknown');
    try {
      const { claims, texts } = await claimsOf(token, authorizer.issuer);
      if (claims.iss !== authorizer.issuer) return invalid('the token has another issuer');
      if (!(Number(claims.exp) * 1000 > clock.now())) {
        known.delete(token);
        return invalid('the token has expired');
      }
      if (!isFor(claims, authorizer.audience)) return invalid('the token has an invalid audience');
      if (scopes.length && !scopesOf(claims).some(scope => scopes.includes(scope))) {
        const challenge = `Bearer scope="${scopes.join(' ')}" error="insufficient_scope" error_description="the token lacks a scope"`;
        return { status: 403, message: 'Forbidden', challenge };
      }
      return { claims: texts };
    } catch {
      return invalid('the token is not valid');
    }
  };
};

export type Authorizer = ReturnType<typeof openAuthorizer>;
