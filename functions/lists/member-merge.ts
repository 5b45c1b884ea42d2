import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, remove } from '../shared/store/changes.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { type Member, members } from './list.ts';

/** `had`: the customer that stays was on the list itself */
type Undo = { member: Member; had: boolean };

export const settleMember: MergedPart<Member>['settle'] = async (member, into, { store }) => {
  const had = (await store.get(members, { ...member, customerId: into })) !== undefined;
  const undo: Undo = { member, had };
  return {
    changes: [remove(members, member), ...(had ? [] : [insert(members, { ...member, customerId: into })])],
    undo,
  };
};

/** A merged customer that was taken off the list stays off it as two customers. */
export const unsettleMember = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { member, had } = undo as Undo;
  const is = await store.get(members, { ...member, customerId: into });
  return is ? [...(had ? [] : [remove(members, is)]), insert(members, member)] : [];
};
