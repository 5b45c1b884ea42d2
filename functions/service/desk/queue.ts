import * as z from 'zod';
import { Skills } from '../../organisation/staff-member.ts';
import { line, Slug } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { CaseCondition, Key } from './fields.ts';

export const QueueFields = z.strictObject({
  name: line(200),
  match: CaseCondition.optional().describe('The cases it takes; without: those that no other queue takes.'),
  skills: Skills.describe('The skills that an agent needs, all of them.'),
  team: Slug.optional().describe('Only agents of this team, or of a team below it, are given its cases.'),
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
export const general: Pick<Queue, 'id' | 'name' | 'skills' | 'team' | 'weight' | 'match'> = {
  id: 'general',
  name: 'General',
  skills: [],
  weight: 0,
};
