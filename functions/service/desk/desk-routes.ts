import * as z from 'zod';
import { lists, route, warning } from '../../shared/http/contract.ts';
import { Queue, QueueFields } from './queue.ts';
import { SlaPolicy, SlaPolicyFields } from './sla-policy.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;

export const deskRoutes = {
  putQueue: route('PUT /v1/queues/{id}', {
    summary: 'Create or replace a queue: the cases it takes and the skills they need',
    ...write,
    body: QueueFields,
    reply: warning(Queue),
    location: ({ id }) => `/v1/queues/${id}`,
    example: {
      name: 'Workshop',
      match: { attribute: 'category', in: ['safety', 'technical'] },
      skills: ['brakes'],
      weight: 10,
    },
  }),
  readQueue: route('GET /v1/queues/{id}', { summary: 'Read a queue', ...read, reply: Queue }),
  listQueues: route('GET /v1/queues', { summary: 'List queues by id', ...read, ...lists(Queue) }),
  putSlaPolicy: route('PUT /v1/sla-policies/{id}', {
    summary: 'Create or replace an SLA policy; the first that matches, by rank, applies',
    ...write,
    body: SlaPolicyFields,
    reply: warning(SlaPolicy),
    location: ({ id }) => `/v1/sla-policies/${id}`,
    example: {
      name: 'Gold',
      rank: 10,
      match: { attribute: 'customer.attributes.tier', is: 'gold' },
      firstResponse: 'PT4H',
      nextResponse: 'PT8H',
      resolution: 'P2D',
      warnBefore: 'PT30M',
      calendarId: 'workshop-hours',
    },
  }),
  readSlaPolicy: route('GET /v1/sla-policies/{id}', { summary: 'Read an SLA policy', ...read, reply: SlaPolicy }),
  listSlaPolicies: route('GET /v1/sla-policies', { summary: 'List SLA policies by id', ...read, ...lists(SlaPolicy) }),
  removeSlaPolicy: route('DELETE /v1/sla-policies/{id}', {
    summary: 'Delete an SLA policy. Deadlines already set stay in force.',
    ...write,
    reply: z.object({ id: z.string() }),
  }),
};
