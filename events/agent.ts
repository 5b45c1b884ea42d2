import * as z from 'zod';
import { CasePriority, CaseType } from './case.ts';
import { byStaff, event, internal } from './define.ts';

export const AgentStatus = z.enum(['available', 'busy', 'away']);

export const agentChanged = event('service', 'agent.changed', byStaff, {
  summary: 'an agent was added, or its skills, capacity, hours or status were changed',
  data: () => z.object({ agentId: z.string(), status: AgentStatus, capacity: z.int(), load: z.int() }),
  example: { agentId: 'ben', status: 'available', capacity: 3, load: 1 },
});

export const queueChanged = event('service', 'queue.changed', byStaff, {
  summary: 'a queue was added or changed',
  data: () => z.object({ queueId: z.string() }),
  example: { queueId: 'workshop' },
});

export const calendarChanged = event('service', 'calendar.changed', byStaff, {
  summary: 'a calendar was added or changed',
  data: () => z.object({ calendarId: z.string() }),
  example: { calendarId: 'workshop-hours' },
});

export const slaPolicyChanged = event('service', 'sla-policy.changed', byStaff, {
  summary: 'an SLA policy was added, changed or removed',
  data: () => z.object({ slaPolicyId: z.string(), removed: z.boolean() }),
  example: { slaPolicyId: 'gold', removed: false },
});

export const categoryChanged = event('service', 'category.changed', byStaff, {
  summary: 'a category of cases was added, changed or removed',
  data: () => z.object({ categoryId: z.string(), removed: z.boolean() }),
  example: { categoryId: 'returns', removed: false },
});

export const prioritySettingsChanged = event('service', 'priority-settings.changed', byStaff, {
  summary: 'the words and types were set by which cases get their priority',
  data: () => z.object({ types: z.partialRecord(CaseType, CasePriority) }),
  example: { types: { complaint: 'high' } },
});

export const businessHoursStarted = event('timers', 'business-hours.started', internal, {
  summary: 'the business hours that cases wait for have begun',
  data: () => z.object({ calendarId: z.string() }),
  example: { calendarId: 'workshop-hours' },
});

export const macroChanged = event('service', 'macro.changed', byStaff, {
  summary: 'a macro was added, changed or removed',
  data: () => z.object({ macroId: z.string(), removed: z.boolean() }),
  example: { macroId: 'refund', removed: false },
});

export const caseTypeChanged = event('service', 'case-type.changed', byStaff, {
  summary: 'a case type was added, changed or removed',
  data: () => z.object({ caseTypeId: z.string(), removed: z.boolean() }),
  example: { caseTypeId: 'warranty-complaint', removed: false },
});
