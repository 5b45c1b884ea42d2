import {
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { roles, scopes } from '../functions/shared/http/roles.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { signIn } from './functions.ts';
import { pascal } from './names.ts';
import type { Settings } from './settings.ts';

/** unlike any other in the world, as the prefix of a hosted domain must be, and the same in each deployment of this stack */
const stackId = () => Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));

type Props = { settings: Settings; code: CodeOf };

/**
 * The callers. People share one client: the attribute `custom:tenant` is a user's tenant, which a trigger writes into access tokens, and
 * the groups are the roles. A machine is a client of its own; its tenant is the scope `tenant/<name>`, which no other client may have.
 */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly people: UserPoolClient;
  readonly machines: UserPoolClient[];

  constructor(scope: Construct, id: string, { settings, code }: Props) {
    super(scope, id);
    const { tenants, machines, disposable, stage } = settings;
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
      featurePlan: FeaturePlan.ESSENTIALS, // access tokens with claims of ours need it
      deletionProtection: !disposable,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    const { name } = signIn.addTenant;
    const environment = tenants && { TENANTS: tenants.join(',') };
    const addTenant = new RapportFunction(this, name, { code, environment });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, addTenant, LambdaVersion.V2_0);
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `rapport-${stage}-${stackId()}` } });
    for (const groupName of Object.keys(roles)) {
      new CfnUserPoolGroup(this, pascal(`group-${groupName}`), { groupName, userPoolId: this.pool.userPoolId });
    }
    this.people = this.pool.addClient('People', {
      authFlows: { userSrp: true, adminUserPassword: true }, // the latter for operators with the AWS command line
      preventUserExistenceErrors: true,
      ...(settings.signIn
        ? {
            oAuth: {
              flows: { authorizationCodeGrant: true },
              scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
              ...settings.signIn,
            },
          }
        : { disableOAuth: true }),
    });
    this.machines = this.clientsOf(machines, disposable);
  }

  private clientsOf(machines: Settings['machines'], disposable: boolean) {
    const server = (name: string, identifier: string, scopes: ResourceServerScope[]) =>
      new UserPoolResourceServer(this, name, { userPool: this.pool, identifier, scopes });
    const each = (names: readonly string[], description: (name: string) => string) =>
      new Map(
        names.map(name => [name, new ResourceServerScope({ scopeName: name, scopeDescription: description(name) })]),
      );
    const all = Object.entries(machines);
    if (!all.length) return [];
    const allowed = each(scopes, name => name);
    const acting = each([...new Set(all.map(([, { tenant }]) => tenant))], name => `acts for ${name}`);
    const [api, tenancy] = [
      server('Scopes', 'rapport', [...allowed.values()]),
      server('Tenants', 'tenant', [...acting.values()]),
    ];
    return all.map(([name, { tenant, scopes }]) => {
      const client = this.pool.addClient(pascal(`machine-${name}`), {
        generateSecret: true,
        oAuth: {
          flows: { clientCredentials: true },
          scopes: [
            ...scopes.map(scope => OAuthScope.resourceServer(api, allowed.get(scope) as ResourceServerScope)),
            OAuthScope.resourceServer(tenancy, acting.get(tenant) as ResourceServerScope),
          ],
        },
      });
      // one that the settings no longer name gets no access, but comes back with its secret when they name it again
      if (!disposable) client.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      return client;
    });
  }
}
