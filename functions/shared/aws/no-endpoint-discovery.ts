/** Stands in for `@aws-sdk/middleware-endpoint-discovery` in the bundles: DynamoDB's client sets it up, and none of its commands uses it. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};

export const resolveEndpointDiscoveryConfig = <Config>(config: Config) => config;
