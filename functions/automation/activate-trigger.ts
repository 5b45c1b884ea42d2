import { triggerActivated } from '../../events/trigger.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { checkTrigger } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { triggers } from './trigger.ts';

export const activateTrigger: Handler<typeof routes.activateTrigger> = async (
  { params: { id = '' } },
  { now, store },
) => {
  const before = await store.need(triggers, { id });
  if (before.state === 'active') return before;
  const channels = await checkTrigger(before, store);
  const trigger = updated(now, before, { state: 'active' });
  return store.commit(
    [
      update(triggers, before, trigger),
      ...filing(before, trigger, channels),
      emit(triggerActivated, { about: id, data: { name: trigger.name, state: 'active' } }),
    ],
    trigger,
  );
};
