import { clock } from '../shared/clock.ts';
import { ctxOf } from '../shared/context.ts';
import { faultOf, log } from '../shared/log.ts';
import { Changed } from '../shared/transaction.ts';
import { cases } from './cases/case.ts';
import { acknowledgeStep } from './routing/acknowledge-step.ts';
import { assignStep } from './routing/assign-step.ts';
import { classifyStep } from './routing/classify-step.ts';
import type { Cause, Step } from './routing/step.ts';
import { watchStep } from './routing/watch-step.ts';

const steps = { classify: classifyStep, assign: assignStep, acknowledge: acknowledgeStep, watch: watchStep };

type Asked = { step: keyof typeof steps; event: Cause };

/** how often a step is decided anew when somebody else was faster; then the state machine tries again */
const attempts = 10;

const pause = (attempt: number) => new Promise(resolve => setTimeout(resolve, 2 ** attempt * 5 * Math.random()));

const take = async ({ step, event }: Asked) => {
  const { tenant, id: cause, about } = event;
  const ctx = ctxOf({ tenant, actor: 'rapport:caseRouting', now: clock(), cause });
  const before = await ctx.store.need(cases, { id: about });
  return (await (steps[step] as Step<unknown>)(event, before, ctx)) ?? {};
};

/** The tasks of the state machine that routes cases: one step for one case. */
export const handler = async (asked: Asked) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await take(asked);
    } catch (error) {
      if (error instanceof Changed && attempt < attempts) {
        await pause(attempt);
        continue;
      }
      log('error', 'step failed', { step: asked.step, about: asked.event.about, ...faultOf(error) });
      throw error;
    }
  }
};
