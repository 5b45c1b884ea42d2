import { triggerChanged } from '../../events/trigger.ts';
import { redactionFor } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { patched } from '../shared/replaced-fields.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { checkTrigger } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { filing } from './file-trigger.ts';
import { TriggerRule, triggers } from './trigger.ts';

export const changeTrigger: Handler<typeof routes.changeTrigger> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store } = ctx;
  const before = await store.need(triggers, { id });
  const { name, when, then, state } = before;
  const rule = parse(TriggerRule, patched({ name, when, if: before.if, then }, body));
  const [channels, veil] = await Promise.all([checkTrigger(rule, store), redactionFor(ctx)]);
  veil.rejectHidden(body.if ?? undefined);
  const trigger = updated(now, before, { if: undefined, ...rule });
  return store.commit(
    [
      update(triggers, before, trigger),
      ...filing(before, trigger, channels),
      emit(triggerChanged, { about: id, data: { name: trigger.name, state } }),
    ],
    trigger,
  );
};
