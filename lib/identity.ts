import {
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { roles, scopes } from '../functions/shared/http/roles.ts';
import { pascal } from './names.ts';
import type { Settings } from './settings.ts';

/**
 * The callers. People: the attribute `custom:tenant` is a user's tenant, the groups are the roles. Machines: each tenant has a client,
 * and only that client may have the scope `tenant/<name>`.
 */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly clients: UserPoolClient[];

  constructor(scope: Construct, id: string, { settings: { tenants, disposable, stage } }: { settings: Settings }) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      signInAliases: { email: true },
      selfSignUpEnabled: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      customAttributes: { tenant: new StringAttribute({ mutable: false, maxLen: 63 }) },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: !disposable,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `rapport-${stage}-${this.node.addr.slice(-8)}` } });
    for (const groupName of Object.keys(roles)) {
      new CfnUserPoolGroup(this, pascal(`group-${groupName}`), { groupName, userPoolId: this.pool.userPoolId });
    }

    const server = (name: string, identifier: string, scopes: ResourceServerScope[]) =>
      new UserPoolResourceServer(this, name, { userPool: this.pool, identifier, scopes });
    const allowed = scopes.map(scopeName => new ResourceServerScope({ scopeName, scopeDescription: scopeName }));
    const named = tenants.map(
      scopeName => new ResourceServerScope({ scopeName, scopeDescription: `acts for ${scopeName}` }),
    );
    const [api, tenancy] = [server('Scopes', 'rapport', allowed), server('Tenants', 'tenant', named)];

    const people = this.pool.addClient('People', { authFlows: { userSrp: true }, preventUserExistenceErrors: true });
    const machines = named.map(tenant =>
      this.pool.addClient(pascal(`machine-${tenant.scopeName}`), {
        generateSecret: true,
        oAuth: {
          flows: { clientCredentials: true },
          scopes: [
            ...allowed.map(one => OAuthScope.resourceServer(api, one)),
            OAuthScope.resourceServer(tenancy, tenant),
          ],
        },
      }),
    );
    this.clients = [people, ...machines];
  }
}
