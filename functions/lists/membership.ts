import { newId } from '../../events/ids.ts';
import { listMemberAdded, listMemberRemoved } from '../../events/list.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, insert, remove } from '../shared/store/changes.ts';
import { type List, type Member, members } from './list.ts';

export const newMember = (
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
  listId: List['id'],
  customerId: StoredCustomer['id'],
): Member => ({
  customerId,
  listId,
  place: newId('list', now),
  at: now,
  by: actor,
});

type Named = Pick<List, 'id' | 'name'>;

/** `source`: what puts it there, where that is not somebody by hand */
export const putting = ({ id, name }: Named, member: Member, source?: string): Change[] => [
  insert(members, member),
  emit(listMemberAdded, { customerId: member.customerId, about: id, data: { name, ...(source ? { source } : {}) } }),
];

/** a customer put on a list, who is not on it yet */
export const joining = (ctx: Ctx, list: List, customerId: StoredCustomer['id']): Change[] =>
  putting(list, newMember(ctx, list.id, customerId));

export const leaving = ({ id, name }: Named, member: Member, source?: string): Change[] => [
  remove(members, member),
  emit(listMemberRemoved, { customerId: member.customerId, about: id, data: { name, ...(source ? { source } : {}) } }),
];
