import { type RouteTable, routeTable } from '../imports.ts';
import type { Provided, Service } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';

export type Cors = {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
};

/** What a route leads to, and who may call it. */
export type Target = {
  functionArn: string;
  authorizer?: { issuer: string; audience: string[] } | undefined;
  scopes: string[];
};

/** The HTTP API of the template. */
export type HttpApi = Service & {
  id(): string;
  routes: RouteTable<Target>;
  cors(): Cors | undefined;
  /** of the first JWT authorizer */
  audience(): string[];
};

const functionOf = (uri: string) => /functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri;

/** API Gateway HTTP APIs: resources become one table of routes. `known` gets an API's id before others refer to it, and gives its address. */
export const httpApiService = (warn: (line: string) => void, known: (id: string) => string): HttpApi => {
  const routes = routeTable<Target>();
  const integrations = new Map<string, string>();
  const authorizers = new Map<string, { issuer: string; audience: string[] }>();
  let api: { id: string; cors?: Cors } | undefined;

  const provideApi = (logicalId: string, properties: Properties) => {
    if (properties.ProtocolType !== 'HTTP')
      warn(`${logicalId} is a ${properties.ProtocolType} API; only HTTP APIs run here`);
    const id = logicalId.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (api) warn(`${logicalId} shares the address of ${api.id}: all HTTP APIs of a stack answer under one here`);
    api ??= { id, cors: properties.CorsConfiguration };
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: known(id) } };
  };
  const provideAuthorizer = (logicalId: string, { AuthorizerType, JwtConfiguration }: Properties) => {
    if (AuthorizerType !== 'JWT')
      warn(`${logicalId} is a ${AuthorizerType} authorizer; only JWT is supported here: its routes are shut`);
    authorizers.set(logicalId, { issuer: JwtConfiguration?.Issuer ?? '', audience: JwtConfiguration?.Audience ?? [] });
    return { ref: logicalId, attributes: { AuthorizerId: logicalId } };
  };
  const provideIntegration = (logicalId: string, properties: Properties) => {
    if (properties.IntegrationType !== 'AWS_PROXY')
      warn(`${logicalId} is an ${properties.IntegrationType} integration; only functions are called here`);
    if (properties.PayloadFormatVersion === '1.0') warn(`${logicalId} has payload format 1.0; it gets 2.0 here`);
    integrations.set(logicalId, functionOf(String(properties.IntegrationUri)));
    return { ref: logicalId, attributes: {} };
  };
  const provideRoute = (logicalId: string, properties: Properties) => {
    const { RouteKey, Target, AuthorizationType = 'NONE', AuthorizerId, AuthorizationScopes = [] } = properties;
    const functionArn = integrations.get(String(Target).split('/').at(-1)!) ?? '';
    // a route that is guarded by what is not here must not stand open
    const shut = { issuer: '', audience: [] };
    const authorizer = AuthorizationType === 'NONE' ? undefined : (authorizers.get(AuthorizerId) ?? shut);
    routes.add(RouteKey, { functionArn, authorizer, scopes: AuthorizationScopes });
    return { ref: logicalId, attributes: { RouteId: logicalId } };
  };
  const providers: Record<string, (logicalId: string, properties: Properties) => Provided> = {
    'AWS::ApiGatewayV2::Api': provideApi,
    'AWS::ApiGatewayV2::Authorizer': provideAuthorizer,
    'AWS::ApiGatewayV2::Integration': provideIntegration,
    'AWS::ApiGatewayV2::Route': provideRoute,
    'AWS::ApiGatewayV2::Stage': (_, { StageName }) => ({ ref: StageName, attributes: {} }),
    'AWS::ApiGatewayV2::Deployment': logicalId => ({ ref: logicalId, attributes: {} }),
  };

  return {
    name: 'apigateway',
    types: Object.keys(providers),
    provide: (logicalId, type, properties) => providers[type]!(logicalId, properties),
    id: () => api?.id ?? 'local',
    routes,
    cors: () => api?.cors,
    audience: () => [...authorizers.values()].find(({ audience }) => audience.length)?.audience ?? [],
  };
};
