import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, remove } from '../shared/store/changes.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { type Identity, identities } from './identity.ts';

export const mergeIdentity: MergedPart<Identity>['merge'] = (identity, into) => ({
  changes: [remove(identities, identity), insert(identities, { ...identity, id: into })],
  undo: identity,
});

export const undoIdentityMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const was = undo as Identity;
  const is = await store.get(identities, { ...was, id: into });
  return is ? [remove(identities, is), insert(identities, was)] : [];
};
