import type { Work } from '../shared/jobs/work.ts';
import { remove } from '../shared/store/changes.ts';
import { members } from './list.ts';

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
