import * as z from 'zod';
import { AgentStatus } from '../../../events/agent.ts';
import { CasePriority } from '../../../events/case.ts';
import { Day } from '../../shared/fields.ts';
import { Instant, route } from '../../shared/http/contract.ts';
import { FiguresBy, ServiceFigures } from './figures.ts';

export const figureRoutes = {
  readServiceFigures: route('GET /v1/service/figures', {
    summary:
      'Sum up first responses, resolutions, reopened cases, transfers, missed due times and ratings by agent, queue, channel, product or day (UTC); `to` is left out, the last 30 days by default',
    scope: 'service.read',
    query: z.strictObject({ from: Day.optional(), to: Day.optional(), by: FiguresBy.default('agent') }),
    reply: z.object({
      from: Day,
      to: Day,
      by: FiguresBy,
      total: ServiceFigures,
      items: z.array(ServiceFigures),
      backlog: z.object({ open: z.int(), averageAgeSeconds: z.int().nullable() }).describe('all open cases, now'),
    }),
  }),
  readQueueBoard: route('GET /v1/queues/{id}/board', {
    summary: 'Read what waits in a queue, and who may be given it: the board of a team',
    scope: 'service.read',
    reply: z.object({
      queue: z.string(),
      waiting: z.int(),
      byPriority: z.record(CasePriority, z.int()),
      oldestQueuedAt: Instant.nullable(),
      longestWaitSeconds: z.int().nullable(),
      nextDueAt: Instant.nullable(),
      overdue: z.int().describe('Waiting cases whose next due time has passed.'),
      free: z.int().describe('The capacity of the agents who may be given a case now.'),
      agents: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          status: AgentStatus,
          onDuty: z.boolean(),
          load: z.int(),
          capacity: z.int(),
          lastAssignedAt: Instant.nullable(),
        }),
      ),
    }),
  }),
};
