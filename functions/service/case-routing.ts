import { faultOf, log } from '../shared/aws/log.ts';
import { ctxOf } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { clock } from '../shared/time/clock.ts';
import { cases } from './cases/case.ts';
import { acknowledgeStep, assignStep, type Cause, classifyStep, type Step, watchStep } from './routing/steps.ts';

const steps = { classify: classifyStep, assign: assignStep, acknowledge: acknowledgeStep, watch: watchStep };

type Task = { step: keyof typeof steps; event: Cause };

const run = async ({ step, event }: Task) => {
  const { tenant, id: cause, about } = event;
  const ctx = ctxOf({ tenant, actor: 'rapport:caseRouting', now: clock(), cause });
  const before = await ctx.store.get(cases, { id: about });
  // erased with its customer: nothing is left to watch
  if (!before) return { until: null };
  return (await (steps[step] as Step<unknown>)(event, before, ctx)) ?? {};
};

/** A task of the state machine that routes cases: one step for one case. */
export const handler = async (task: Task) => {
  try {
    return await retryOnConflict(() => run(task));
  } catch (error) {
    log('error', 'step failed', { step: task.step, about: task.event.about, ...faultOf(error) });
    throw error;
  }
};
