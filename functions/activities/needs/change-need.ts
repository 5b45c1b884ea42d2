import { needChanged } from '../../../events/need.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { differences } from '../../shared/json.ts';
import { patched } from '../../shared/patched.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { type Need, NeedFields, needs, told } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const changeNeed: Handler<typeof needRoutes.changeNeed> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(needs, { id });
  const fields = { ...patched(NeedFields, before, body) };
  if (!differences(patched(NeedFields, before, {}), fields).length) return before;
  const { customerId, by, status, version, createdAt, updatedAt } = before;
  const kept = { id: before.id, customerId, by, status, version, createdAt, updatedAt };
  const need = updated(now, { ...kept, ...fields } as Need, {});
  return store.commit(
    [update(needs, before, need), emit(needChanged, { customerId, about: id, data: { ...told(need), from: status } })],
    need,
  );
};
