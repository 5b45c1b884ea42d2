import { triggerPaused } from '../../events/trigger.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { triggers } from './trigger.ts';

export const pauseTrigger: Handler<typeof routes.pauseTrigger> = async ({ params: { id = '' } }, { now, store }) => {
  const before = await store.need(triggers, { id });
  if (before.state === 'paused') return before;
  if (before.state === 'draft') throw new ApiError('conflict', 'trigger.not-active', 'a draft does not act yet');
  const trigger = updated(now, before, { state: 'paused' });
  return store.commit(
    [
      update(triggers, before, trigger),
      ...filing(before, trigger, {}),
      emit(triggerPaused, { about: id, data: { name: trigger.name, state: 'paused' } }),
    ],
    trigger,
  );
};
