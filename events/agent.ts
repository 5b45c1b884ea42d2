import * as z from 'zod';
import { event } from './define.ts';

export const agentStatuses = ['available', 'busy', 'away'] as const;
export const AgentStatus = z.enum(agentStatuses);

export const agentChanged = event('service', 'agent.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an agent has been added, or changed in skills, capacity, hours or status',
  data: () => z.object({ agentId: z.string(), status: AgentStatus, capacity: z.int(), load: z.int() }),
  example: { agentId: 'ben', status: 'available', capacity: 3, load: 1 },
});

export const queueChanged = event('service', 'queue.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a queue of cases has been added or changed',
  data: () => z.object({ queueId: z.string() }),
  example: { queueId: 'workshop' },
});

export const calendarChanged = event('service', 'calendar.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the hours of a calendar have been set',
  data: () => z.object({ calendarId: z.string() }),
  example: { calendarId: 'workshop-hours' },
});

export const slaPolicyChanged = event('service', 'sla-policy.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the times promised for some cases have been set; `removed` when no longer promised',
  data: () => z.object({ slaPolicyId: z.string(), removed: z.boolean() }),
  example: { slaPolicyId: 'gold', removed: false },
});

export const businessHoursStarted = event('timers', 'business-hours.started', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'a business opens for which cases wait',
  data: () => z.object({ calendarId: z.string() }),
  example: { calendarId: 'workshop-hours' },
});
