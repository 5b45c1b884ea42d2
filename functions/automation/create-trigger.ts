import { newId } from '../../events/ids.ts';
import { triggerCreated } from '../../events/trigger.ts';
import { redactionFor } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import { checkTrigger } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { type Trigger, triggers } from './trigger.ts';

export const createTrigger: Handler<typeof routes.createTrigger> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const [channels, veil] = await Promise.all([checkTrigger(body, store), redactionFor(ctx)]);
  veil.rejectHidden(body.if);
  const trigger: Trigger = created(now, { ...body, id: newId('trigger', now) });
  const { id, name, state } = trigger;
  return store.commit(
    [
      insert(triggers, trigger),
      ...filing(undefined, trigger, channels),
      emit(triggerCreated, { about: id, data: { name, state } }),
    ],
    trigger,
  );
};
