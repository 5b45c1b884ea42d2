import type { Message } from './message.ts';

const names = { tenant: 'rapport-tenant', message: 'rapport-message', customer: 'rapport-customer' };

/** the tags by which the provider's reports name our message, and whom it is for, without saying who that is */
export const tags = (tenant: string, { id, customerId }: Pick<Message, 'id' | 'customerId'>) => [
  { Name: names.tenant, Value: tenant },
  { Name: names.message, Value: id },
  { Name: names.customer, Value: customerId },
];

/** the message that a report is about, or undefined when it is not one of ours */
export const taggedIn = (given: Record<string, string[]> = {}) => {
  const [tenant] = given[names.tenant] ?? [];
  const [messageId] = given[names.message] ?? [];
  return tenant && messageId ? { tenant, messageId } : undefined;
};
