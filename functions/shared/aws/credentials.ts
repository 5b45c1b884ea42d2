/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles: Lambda puts the credentials into the environment, and
 * the chain of other providers is a third of the SDK's weight.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN ? { sessionToken: process.env.AWS_SESSION_TOKEN } : {}),
});
