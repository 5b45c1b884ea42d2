import { caseOpened, caseReopened } from '../../events/case.ts';
import { faultOf, log } from '../shared/aws/log.ts';
import { ctxOf } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { clock } from '../shared/time/clock.ts';
import { cases } from './cases/case.ts';
import { type Cause, route } from './routing/steps.ts';
import { watch } from './routing/watch.ts';

type Task = { step: 'begin' | 'watch'; type: string; event: Cause };

const routedAfter: string[] = [caseOpened.name, caseReopened.name];

const run = async ({ step, type, event }: Task): Promise<string | null> => {
  const { tenant, id: cause, about } = event;
  const ctx = ctxOf({ tenant, actor: 'rapport:caseRouting', now: clock(), cause });
  const before = await ctx.store.get(cases, { id: about });
  // erased with its customer: nothing is left to watch
  if (!before) return null;
  const isToRoute = step === 'begin' && routedAfter.includes(type);
  return watch(event, isToRoute ? await route(event, before, ctx) : before, ctx);
};

/** A task of the state machines of cases: what is to be done for one case, and until when to sleep. */
export const work = async (task: Task) => {
  try {
    return { until: await retryOnConflict(() => run(task)) };
  } catch (error) {
    log('error', 'step failed', { step: task.step, about: task.event.about, ...faultOf(error) });
    throw error;
  }
};

export const handler = work;
