import * as z from 'zod';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { CaseCondition } from './case-condition.ts';
import { Key, line, Skills } from './keys.ts';

/** what is said of a queue */
export const QueueSettings = z.strictObject({
  name: line,
  /** the cases it takes; without: those that no other queue takes */
  match: CaseCondition.optional(),
  /** what an agent must be able to do, all of it */
  skills: Skills,
  /** class of service: among queues that match the heaviest takes a case, and is served first */
  weight: z.int().min(0).max(1000).default(1),
});

export const Queue = z.object({ id: Key, ...QueueSettings.shape, ...stamps });
export type Queue = z.output<typeof Queue>;

export const queues = entity('queue', Queue, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['queue', 'all'], part: id }),
});

/** where cases go that no queue takes */
export const general: Pick<Queue, 'id' | 'name' | 'skills' | 'weight' | 'match'> = {
  id: 'general',
  name: 'General',
  skills: [],
  weight: 0,
};
