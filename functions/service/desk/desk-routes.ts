import * as z from 'zod';
import { AgentStatus } from '../../../events/agent.ts';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Calendar } from '../../shared/time/calendar.ts';
import { Agent, AgentSettings } from './agent.ts';
import { BusinessCalendar } from './business-calendar.ts';
import { Queue, QueueSettings } from './queue.ts';
import { SlaPolicy, SlaPolicySettings } from './sla-policy.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;
const query = z.strictObject(paging);

export const deskRoutes = {
  putAgent: route('PUT /v1/agents/{userId}', {
    summary: 'Add an agent, who is available at once, or describe one anew',
    ...write,
    body: AgentSettings,
    reply: Agent,
    location: ({ id }) => `/v1/agents/${id}`,
    errors: ['agent.not-found'],
    example: { name: 'Ben Lim', skills: ['brakes'], languages: ['en', 'ms'], capacity: 3, team: 'workshop' },
  }),
  readAgent: route('GET /v1/agents/{userId}', { summary: 'Read an agent', scope: 'service.read', reply: Agent }),
  listAgents: route('GET /v1/agents', {
    summary: 'Agents with their status and load, by id',
    scope: 'service.read',
    query,
    reply: page(Agent),
  }),
  setAgentStatus: route('PUT /v1/agents/{userId}/status', {
    summary: 'Say whether an agent takes new cases',
    scope: 'service.write',
    body: z.strictObject({ status: AgentStatus }),
    reply: Agent,
    example: { status: 'away' },
  }),
  putCalendar: route('PUT /v1/calendars/{id}', {
    summary: 'Set the hours of a business or a team',
    ...write,
    body: Calendar,
    reply: BusinessCalendar,
    location: ({ id }) => `/v1/calendars/${id}`,
    example: {
      timeZone: 'Asia/Singapore',
      hours: { mon: [['09:00', '12:00'] as [string, string], ['13:00', '17:00'] as [string, string]] },
      holidays: ['2026-12-25'],
    },
  }),
  readCalendar: route('GET /v1/calendars/{id}', { summary: 'Read a calendar', ...read, reply: BusinessCalendar }),
  listCalendars: route('GET /v1/calendars', {
    summary: 'Calendars, by id',
    ...read,
    query,
    reply: page(BusinessCalendar),
  }),
  putQueue: route('PUT /v1/queues/{id}', {
    summary: 'Describe a queue: the cases it takes and the skills they need',
    ...write,
    body: QueueSettings,
    reply: Queue,
    location: ({ id }) => `/v1/queues/${id}`,
    example: {
      name: 'Workshop',
      match: { attribute: 'category', in: ['safety', 'technical'] },
      skills: ['brakes'],
      weight: 10,
    },
  }),
  readQueue: route('GET /v1/queues/{id}', { summary: 'Read a queue', ...read, reply: Queue }),
  listQueues: route('GET /v1/queues', { summary: 'Queues, by id', ...read, query, reply: page(Queue) }),
  putSlaPolicy: route('PUT /v1/sla-policies/{id}', {
    summary: 'Promise times for some cases; the first policy that matches, by rank, holds',
    ...write,
    body: SlaPolicySettings,
    reply: SlaPolicy,
    location: ({ id }) => `/v1/sla-policies/${id}`,
    example: {
      name: 'Gold',
      rank: 10,
      match: { attribute: 'customer.attributes.tier', is: 'gold' },
      firstResponse: 'PT4H',
      resolution: 'P2D',
      calendarId: 'workshop-hours',
    },
  }),
  readSlaPolicy: route('GET /v1/sla-policies/{id}', { summary: 'Read an SLA policy', ...read, reply: SlaPolicy }),
  listSlaPolicies: route('GET /v1/sla-policies', {
    summary: 'SLA policies, by id',
    ...read,
    query,
    reply: page(SlaPolicy),
  }),
  removeSlaPolicy: route('DELETE /v1/sla-policies/{id}', {
    summary: 'Promise these times no longer; what was promised stays promised',
    ...write,
    reply: z.object({ id: z.string() }),
  }),
};
