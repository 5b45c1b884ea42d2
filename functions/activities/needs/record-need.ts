import { newId } from '../../../events/ids.ts';
import { needRecorded } from '../../../events/need.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { created, emit, insert } from '../../shared/store/changes.ts';
import { type Need, needs, told } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const recordNeed: Handler<typeof needRoutes.recordNeed> = async (
  { params: { id = '' }, body: { status = 'open', ...fields } },
  { now, actor, store },
) => {
  const { id: customerId } = await activeCustomer(store, id);
  const need: Need = created(now, { ...fields, id: newId('need', now), customerId, status, by: actor });
  return store.commit(
    [insert(needs, need), emit(needRecorded, { customerId, about: need.id, data: told(need) })],
    need,
  );
};
