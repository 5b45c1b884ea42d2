import type { PreTokenGenerationV2TriggerHandler } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { tenantName } from './principal.ts';

/** Writes the tenant of a person into the access token at sign-in. A person of a tenant that this deployment does not serve gets none. */
export const handler: PreTokenGenerationV2TriggerHandler = async event => {
  const tenant = event.request.userAttributes['custom:tenant'] ?? '';
  if (!tenantName.test(tenant) || env.tenants()?.includes(tenant) === false)
    throw new Error('The user has no tenant of this deployment. Set custom:tenant when you create the user.');
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: { claimsToAddOrOverride: { 'custom:tenant': tenant } },
    },
  };
  return event;
};
