import { newId } from '../../../events/ids.ts';
import { needRecorded } from '../../../events/need.ts';
import { living } from '../../customers/living.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { first, insert, say } from '../../shared/store/changes.ts';
import { type Need, needs, told } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const recordNeed: UseCase<typeof needRoutes.recordNeed> = async (
  { params: { id = '' }, body: { status = 'open', ...fields } },
  { now, actor, store },
) => {
  const { id: customerId } = await living(store, id);
  const need: Need = first(now, { ...fields, id: newId('need', now), customerId, status, by: actor });
  return store.commit([insert(needs, need), say(needRecorded, { customerId, about: need.id, data: told(need) })], need);
};
