import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, NestedStack, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { apiFunctions } from './functions.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import type { Identity } from './identity.ts';
import { pascal } from './names.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

// one by one: in browsers `*` does not include `authorization`
const allowHeaders = [
  ...['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'],
  ...['anonymousid', 'sentat', 'x-retry-count', 'rsa-recovered', 'rsa-retry-attempt', 'rsa-retry-reason'],
  ...['rsa-since-first-attempt', 'rsa-since-last-attempt'],
];

// neither addresses nor paths: they may identify a person
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    ms: '$context.responseLatency',
    error: '$context.integrationErrorMessage',
  }),
);

type GatewayProps = { settings: Settings; identity: Identity; alarms: Alarms };

/** the HTTP API without routes: functions need its address for the links that they send */
export class Gateway extends Construct {
  readonly http: HttpApi;
  readonly tokens: IHttpRouteAuthorizer;
  /** address of the API, which links in mails begin with */
  readonly url: string;
  /** what the name in DNS leads to, where the API has a domain */
  readonly dnsTarget: string | undefined;

  constructor(scope: Construct, id: string, { settings: { domain }, identity, alarms }: GatewayProps) {
    super(scope, id);
    this.http = new HttpApi(this, 'Http', {
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
      // trackers post from any site, and tokens are never cookies
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders,
        exposeHeaders: ['etag', 'location', 'idempotency-replayed', 'retry-after'],
        maxAge: Duration.minutes(15),
      },
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 2000, burstLimit: 4000 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat },
    });
    this.url = domain ? `https://${domain.name}` : this.http.apiEndpoint;
    if (domain) {
      const certificate = Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn);
      const domainName = new DomainName(this, 'Domain', { domainName: domain.name, certificate });
      new ApiMapping(this, 'Mapping', { api: this.http, domainName, stage });
      this.dnsTarget = domainName.regionalDomainName;
    }
    const { authorizerId } = new HttpAuthorizer(this, 'Tokens', {
      httpApi: this.http,
      type: HttpAuthorizerType.JWT,
      identitySource: ['$request.header.Authorization'],
      jwtIssuer: identity.pool.userPoolProviderUrl,
      jwtAudience: [identity.people, ...identity.machines].map(({ userPoolClientId }) => userPoolClientId),
    });
    this.tokens = HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'TokensOfRoutes', {
      authorizerId,
      authorizerType: HttpAuthorizerType.JWT,
    });
    alarms.add('api-failing', {
      metric: this.http.metricServerError({ period: Duration.minutes(1), statistic: 'sum' }),
      above: 5,
      minutes: 3,
      summary: 'the API replies with server errors',
      action:
        'Find `"level":"error"` in the logs of the `api` functions: each line names the route and the `requestId`. If the errors started with a deployment, deploy the previous version. If the lines mention throttling, check the table and the concurrency of the account. Callers that sent an Idempotency-Key can retry safely.',
    });
  }
}

const routes = gatewayRoutes(apiFunctions);

type ApiProps = { gateway: Gateway; surroundings: Surroundings; code: CodeOf };

/** the functions that serve the routes, and the gateway's routes to them; a stack of its own, for the number of its resources */
export class Api extends NestedStack {
  constructor(scope: Construct, id: string, { gateway, surroundings, code }: ApiProps) {
    super(scope, id, { description: 'Rapport: routes' });
    const open = new HttpNoneAuthorizer();

    for (const { name, uses, stateless } of apiFunctions) {
      const fn = new RapportFunction(this, name, { code, uses, surroundings: stateless ? undefined : surroundings });
      const integration = new HttpLambdaIntegration(pascal(name), fn, { scopePermissionToRoute: false });
      for (const { key, token } of routes.filter(({ api }) => api === name)) {
        const [method, path] = key.split(' ') as [HttpMethod, string];
        new HttpRoute(this, key.replace(' ', '').replaceAll('/', '--'), {
          httpApi: gateway.http,
          routeKey: path ? HttpRouteKey.with(path, method) : HttpRouteKey.DEFAULT,
          integration,
          authorizer: token ? gateway.tokens : open,
        });
      }
    }
  }
}
