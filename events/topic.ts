import * as z from 'zod';
import { Channel, LawfulBasis } from './customer.ts';
import { event } from './define.ts';

const data = () =>
  z.object({ name: z.string(), channels: z.array(Channel), doubleOptIn: z.boolean(), basis: LawfulBasis });
const example = {
  name: 'Newsletter',
  channels: ['email' as const],
  doubleOptIn: true,
  basis: 'consent' as const,
};

export const topicDeclared = event('customers', 'topic.declared', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a topic that customers can agree to was declared, or declared otherwise; `about` is the topic',
  data,
  example,
});

export const topicRemoved = event('customers', 'topic.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a topic is no longer declared; what customers said of it stays',
  data,
  example,
});
