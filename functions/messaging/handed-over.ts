/** What a provider's error means: refused for good, not taken this time, or nobody knows whether it was taken. */
export type Fault = { kind: 'refused' | 'not taken' | 'in doubt'; name: string; reason: string };

type ProviderError = Error & { $metadata?: { httpStatusCode?: number } };

/** a request that was answered with a client error was not taken; after a server error or none it may have been */
export const faultOf = (error: unknown, final: ReadonlySet<string>): Fault => {
  const { name, message, $metadata } = error as ProviderError;
  const reason = `${name}: ${message}`;
  const status = $metadata?.httpStatusCode ?? 0;
  if (final.has(name)) return { kind: 'refused', name, reason };
  return { kind: status >= 400 && status < 500 ? 'not taken' : 'in doubt', name, reason };
};
