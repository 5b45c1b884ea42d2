import { needRemoved } from '../../../events/need.ts';
import { Answer, type UseCase } from '../../shared/http/contract.ts';
import { remove, say } from '../../shared/store/changes.ts';
import { needs, told } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const removeNeed: UseCase<typeof needRoutes.removeNeed> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(needs, { id });
  const { customerId } = before;
  return store.commit(
    [remove(needs, before), say(needRemoved, { customerId, about: id, data: told(before) })],
    new Answer(200, before),
  );
};
