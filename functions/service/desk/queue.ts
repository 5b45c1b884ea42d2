import * as z from 'zod';
import type { Rule } from '../../assignment/assign.ts';
import { Skills } from '../../organisation/staff-member.ts';
import { line, Slug } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';
import { CaseCondition, Key } from './fields.ts';

export const QueueFields = z.strictObject({
  name: line(200),
  match: CaseCondition.optional().describe('The cases it takes; without: those that no other queue takes.'),
  skills: Skills.describe('The skills that an agent needs, all of them.'),
  team: Slug.optional().describe('Only agents of this team, or of a team below it, are given its cases.'),
  method: z
    .enum(['leastBusy', 'roundRobin'])
    .describe('leastBusy: who knows the customer, else who has the smallest share of its capacity; roundRobin: in turn')
    .default('leastBusy'),
  overflow: z
    .strictObject({ after: Duration, to: Key })
    .describe('Where a case goes that waited for so long.')
    .optional(),
  weight: z
    .int()
    .min(0)
    .max(1000)
    .describe('Of the queues that match, the heaviest takes a case; it is served first.')
    .default(1),
});

export const Queue = z.object({ id: Key, ...QueueFields.shape, ...stamps });
export type Queue = z.output<typeof Queue>;

export const queues = entity('queue', Queue, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['queue', 'all'], part: id }),
});

/** the queue of cases that no other queue takes */
export const general: Omit<Queue, 'version' | 'createdAt' | 'updatedAt'> = {
  id: 'general',
  name: 'General',
  skills: [],
  method: 'leastBusy',
  weight: 0,
};

/** what a queue asks of who is given its cases */
export const ruleOf = ({ id, skills, team, method }: typeof general): Rule => ({
  ...{ id, skills, method, unit: 'cases' },
  ...(team ? { teams: [team] } : {}),
});
