import { needRemoved } from '../../../events/need.ts';
import { type Handler, Reply } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import { needs, told } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const removeNeed: Handler<typeof needRoutes.removeNeed> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(needs, { id });
  const { customerId } = before;
  return store.commit(
    [remove(needs, before), emit(needRemoved, { customerId, about: id, data: told(before) })],
    new Reply(200, before),
  );
};
