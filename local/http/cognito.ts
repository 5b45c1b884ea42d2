import { createHash } from 'node:crypto';
import type { Platform, Service } from '../runtime/service.ts';
import type { Claims } from './issuer.ts';

/** What the template declares of sign-in: pools, their clients and scopes, and the trigger that changes access tokens. */
export type Cognito = Service & {
  issuers(): Set<string>;
  clients(): string[];
  /** the claims of an access token after the pool's trigger; rejects where the trigger throws */
  customised(claims: Claims, userAttributes: Record<string, string>): Promise<Claims>;
};

type Overrides = {
  claimsToAddOrOverride?: Claims;
  claimsToSuppress?: string[];
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
};

const short = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);

const overridden = ({ scope, ...claims }: Claims, overrides: Overrides): Claims => {
  const { claimsToAddOrOverride = {}, claimsToSuppress = [], scopesToAdd = [], scopesToSuppress = [] } = overrides;
  const scopes = [...String(scope).split(' '), ...scopesToAdd].filter(one => !scopesToSuppress.includes(one));
  const all = { ...claims, scope: scopes.join(' '), ...claimsToAddOrOverride };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !claimsToSuppress.includes(name)));
};

export const cognitoService = (platform: Platform, stackName: string): Cognito => {
  const { region, account } = platform;
  const issuers = new Set<string>();
  const clients: string[] = [];
  let trigger: { arn: string; version: string; userPoolId: string } | undefined;
  return {
    name: 'cognito-idp',
    types: ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolResourceServer'],
    async provide(logicalId, type, properties) {
      if (type === 'AWS::Cognito::UserPool') {
        const id = `${region}_${short(stackName + logicalId, 9)}`;
        const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
        issuers.add(`https://${provider}`);
        const { LambdaArn, LambdaVersion } = properties.LambdaConfig?.PreTokenGenerationConfig ?? {};
        if (LambdaArn) trigger = { arn: LambdaArn, version: LambdaVersion, userPoolId: id };
        const Arn = `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`;
        const attributes = { Arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` };
        return { ref: id, attributes };
      }
      if (type === 'AWS::Cognito::UserPoolClient') {
        const id = short(stackName + logicalId, 26);
        clients.push(id);
        return { ref: id, attributes: { ClientId: id, ClientSecret: short(`secret${id}`, 52) } };
      }
      return { ref: properties.Identifier, attributes: {} };
    },
    issuers: () => issuers,
    clients: () => clients,
    async customised(claims, userAttributes) {
      if (!trigger) return claims;
      const { arn, version, userPoolId } = trigger;
      const event = {
        version: version.replace(/^V|_.*$/g, ''),
        triggerSource: 'TokenGeneration_Authentication',
        region,
        userPoolId,
        userName: claims.username,
        callerContext: { awsSdkVersion: 'local', clientId: claims.client_id },
        request: {
          userAttributes: { sub: claims.sub, ...userAttributes },
          groupConfiguration: { groupsToOverride: claims['cognito:groups'], iamRolesToOverride: [] },
          scopes: String(claims.scope).split(' '),
        },
        response: { claimsAndScopeOverrideDetails: null },
      };
      const { response } = (await platform.invoke(arn, event)) as {
        response?: { claimsAndScopeOverrideDetails?: { accessTokenGeneration?: Overrides } };
      };
      return overridden(claims, response?.claimsAndScopeOverrideDetails?.accessTokenGeneration ?? {});
    },
  };
};
