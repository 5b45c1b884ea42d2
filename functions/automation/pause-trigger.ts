import { triggerPaused } from '../../events/trigger.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { next, say, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { triggers } from './trigger.ts';

export const pauseTrigger: UseCase<typeof routes.pauseTrigger> = async ({ params: { id = '' } }, { now, store }) => {
  const before = await store.need(triggers, { id });
  if (before.state === 'paused') return before;
  if (before.state === 'draft') throw new Refusal('conflict', 'trigger.not-active', 'a draft does not act yet');
  const trigger = next(now, before, { state: 'paused' });
  return store.commit(
    [
      update(triggers, before, trigger),
      ...filing(before, trigger, {}),
      say(triggerPaused, { about: id, data: { name: trigger.name, state: 'paused' } }),
    ],
    trigger,
  );
};
