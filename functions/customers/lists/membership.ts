import { newId } from '../../../events/ids.ts';
import { listJoined, listLeft } from '../../../events/list.ts';
import { type Change, insert, remove, say } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import type { StoredCustomer } from '../customer.ts';
import { type List, type Member, members } from './list.ts';

/** a customer put on a list, who is not on it yet */
export const joining = ({ now, actor }: Ctx, { id, name }: List, customerId: StoredCustomer['id']): Change[] => {
  const member: Member = { customerId, listId: id, place: newId('list', now), at: now, by: actor };
  return [insert(members, member), say(listJoined, { customerId, about: id, data: { name } })];
};

export const leaving = ({ id, name }: Pick<List, 'id' | 'name'>, member: Member): Change[] => [
  remove(members, member),
  say(listLeft, { customerId: member.customerId, about: id, data: { name } }),
];
