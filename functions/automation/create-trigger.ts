import { newId } from '../../events/ids.ts';
import { triggerCreated } from '../../events/trigger.ts';
import { veilFor } from '../customers/reads.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { first, insert, say } from '../shared/store/changes.ts';
import { checkTrigger } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { type Trigger, triggers } from './trigger.ts';

export const createTrigger: UseCase<typeof routes.createTrigger> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const [channels, veil] = await Promise.all([checkTrigger(body, store), veilFor(ctx)]);
  veil.mustNotAsk(body.if);
  const trigger: Trigger = first(now, { ...body, id: newId('trigger', now) });
  const { id, name, state } = trigger;
  return store.commit(
    [
      insert(triggers, trigger),
      ...filing(undefined, trigger, channels),
      say(triggerCreated, { about: id, data: { name, state } }),
    ],
    trigger,
  );
};
