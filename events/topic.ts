import * as z from 'zod';
import { Channel, LawfulBasis } from './customer.ts';
import { byStaff, event } from './define.ts';

const data = () =>
  z.object({ name: z.string(), channels: z.array(Channel), doubleOptIn: z.boolean(), basis: LawfulBasis });
const example = {
  name: 'Newsletter',
  channels: ['email' as const],
  doubleOptIn: true,
  basis: 'consent' as const,
};

export const topicDeclared = event('customers', 'topic.declared', byStaff, {
  summary: 'a topic was created or changed; `about` is the topic',
  data,
  example,
});

export const topicRemoved = event('customers', 'topic.removed', byStaff, {
  summary: 'a topic was deleted; consents for it stay in force',
  data,
  example,
});
