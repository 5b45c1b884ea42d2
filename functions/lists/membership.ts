import { newId } from '../../events/ids.ts';
import { listMemberAdded, listMemberRemoved } from '../../events/list.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Work } from '../shared/jobs/work.ts';
import { type Change, emit, insert, remove } from '../shared/store/changes.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { type List, type Member, members } from './list.ts';

type Named = Pick<List, 'id' | 'name'>;

export const newMember = (
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
  listId: List['id'],
  customerId: StoredCustomer['id'],
): Member => ({ customerId, listId, place: newId('list', now), at: now, by: actor });

/** `source`: what adds it, unless a person does */
export const memberAdded = ({ id, name }: Named, member: Member, source?: string): Change[] => [
  insert(members, member),
  emit(listMemberAdded, { customerId: member.customerId, about: id, data: { name, ...(source ? { source } : {}) } }),
];

export const memberRemoved = ({ id, name }: Named, member: Member, source?: string): Change[] => [
  remove(members, member),
  emit(listMemberRemoved, { customerId: member.customerId, about: id, data: { name, ...(source ? { source } : {}) } }),
];

/** `had`: the customer that stays was on the list itself */
type Undo = { member: Member; had: boolean };

export const mergeMember: MergedPart<Member>['merge'] = async (member, into, { store }) => {
  const had = (await store.get(members, { ...member, customerId: into })) !== undefined;
  const undo: Undo = { member, had };
  return {
    changes: [remove(members, member), ...(had ? [] : [insert(members, { ...member, customerId: into })])],
    undo,
  };
};

/** A merged customer that was removed from the list since is on it as neither of the two. */
export const undoMemberMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { member, had } = undo as Undo;
  const is = await store.get(members, { ...member, customerId: into });
  return is ? [...(had ? [] : [remove(members, is)]), insert(members, member)] : [];
};

const mostMembers = 90;

/** removes the members of a removed list, without an event for each */
export const clearList: Work = {
  async slice({ input }, { store, perSlice }) {
    const { listId } = input as { listId: string };
    const { items, nextCursor } = await store.list(members, 'list', listId, { limit: perSlice(mostMembers) });
    await store.commit(items.map(member => remove(members, member)));
    return { cursor: nextCursor ? { more: true } : null, counts: { removed: items.length } };
  },
};
