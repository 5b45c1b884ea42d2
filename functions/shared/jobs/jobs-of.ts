import { jobContinued } from '../../../events/job.ts';
import { on, type Subscription, type Use } from '../http/contract.ts';

/** The subscription of what runs jobs of some kinds: each message is a slice. */
export const jobsOf = (works: object, uses: Use[] = []): Subscription<typeof jobContinued> => ({
  ...on([jobContinued], 'runs the next slice of a job', uses),
  kinds: Object.keys(works),
});
