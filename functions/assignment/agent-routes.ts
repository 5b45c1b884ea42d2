import * as z from 'zod';
import { AgentStatus } from '../../events/agent.ts';
import { lists, route } from '../shared/http/contract.ts';
import { Calendar } from '../shared/time/calendar.ts';
import { Agent, AgentFields } from './agent.ts';
import { BusinessCalendar } from './business-calendar.ts';
import { TimeAnswer, TimeQuestion } from './calendar-time.ts';
import { Staffing, StaffingQuestion } from './staffing.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;

export const agentRoutes = {
  putAgent: route('PUT /v1/agents/{userId}', {
    summary: 'Create or replace an agent; a new agent is available',
    ...write,
    body: AgentFields,
    reply: Agent,
    location: ({ id }) => `/v1/agents/${id}`,
    example: { name: 'Ben Lim', skills: ['brakes'], languages: ['en', 'ms'], capacity: 3, team: 'workshop' },
  }),
  readAgent: route('GET /v1/agents/{userId}', { summary: 'Read an agent', scope: 'service.read', reply: Agent }),
  listAgents: route('GET /v1/agents', {
    summary: 'List agents by id, with their status and load',
    scope: 'service.read',
    ...lists(Agent),
  }),
  setAgentStatus: route('PUT /v1/agents/{userId}/status', {
    summary: 'Set whether an agent takes new cases',
    scope: 'service.write',
    body: z.strictObject({ status: AgentStatus }),
    reply: Agent,
    example: { status: 'away' },
  }),
  putCalendar: route('PUT /v1/calendars/{id}', {
    summary: 'Create or replace a calendar; due times already set stay in force',
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
  readCalendarTime: route('POST /v1/calendars/{id}/time', {
    summary:
      'Whether a calendar is open, when it turns, when a time is due and how much time passes; pauses do not count',
    ...read,
    body: TimeQuestion,
    reply: TimeAnswer,
    example: { at: '2026-12-24T08:00:00Z', add: 'PT4H', pauses: [['2026-12-24T09:00:00Z', '2026-12-24T10:00:00Z']] },
  }),
  listCalendars: route('GET /v1/calendars', { summary: 'List calendars by id', ...read, ...lists(BusinessCalendar) }),
  planStaffing: route('POST /v1/staffing', {
    summary: 'How many agents reach a service level, or what a number of agents reaches',
    ...read,
    body: StaffingQuestion,
    reply: Staffing,
    example: {
      arrivals: 100,
      interval: 'PT30M',
      handleTime: 'PT3M',
      patience: 'PT2M',
      serviceLevel: { within: 'PT20S', share: 0.8 },
    },
  }),
};
