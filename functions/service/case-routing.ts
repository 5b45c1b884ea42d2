import { faultOf, log } from '../shared/aws/log.ts';
import { ctxOf } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { clock } from '../shared/time/clock.ts';
import { cases } from './cases/case.ts';
import { acknowledgeStep } from './routing/acknowledge-step.ts';
import { assignStep } from './routing/assign-step.ts';
import { classifyStep } from './routing/classify-step.ts';
import type { Cause, Step } from './routing/step.ts';
import { watchStep } from './routing/watch-step.ts';

const steps = { classify: classifyStep, assign: assignStep, acknowledge: acknowledgeStep, watch: watchStep };

type Asked = { step: keyof typeof steps; event: Cause };

const take = async ({ step, event }: Asked) => {
  const { tenant, id: cause, about } = event;
  const ctx = ctxOf({ tenant, actor: 'rapport:caseRouting', now: clock(), cause });
  const before = await ctx.store.get(cases, { id: about });
  // gone with its customer: nothing is left to be watched
  if (!before) return { until: null };
  return (await (steps[step] as Step<unknown>)(event, before, ctx)) ?? {};
};

/** The tasks of the state machine that routes cases: one step for one case. */
export const handler = async (asked: Asked) => {
  try {
    return await retryOnConflict(() => take(asked));
  } catch (error) {
    log('error', 'step failed', { step: asked.step, about: asked.event.about, ...faultOf(error) });
    throw error;
  }
};
