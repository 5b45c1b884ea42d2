const names = { tenant: 'rapport-tenant', message: 'rapport-message' };

/** the tags by which the provider's reports name our message */
export const tags = (tenant: string, messageId: string) => [
  { Name: names.tenant, Value: tenant },
  { Name: names.message, Value: messageId },
];

/** the message that a report is about, or undefined when it is not one of ours */
export const taggedIn = (given: Record<string, string[]> = {}) => {
  const [tenant] = given[names.tenant] ?? [];
  const [messageId] = given[names.message] ?? [];
  return tenant && messageId ? { tenant, messageId } : undefined;
};
