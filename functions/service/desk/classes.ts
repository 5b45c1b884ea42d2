import { categoryChanged } from '../../../events/agent.ts';
import { handlers } from '../../shared/http/contract.ts';
import { cursorMalformed } from '../../shared/http/errors.ts';
import { emit, remove, save, updated } from '../../shared/store/changes.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import { putById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { categoryNotFound } from '../errors.ts';
import { categories, isUsual, readCategories } from './category.ts';
import { classRoutes } from './class-routes.ts';
import { Key } from './fields.ts';
import { prioritySettings } from './priority-settings.ts';

const categoryEvent = (id: string, removed: boolean) =>
  emit(categoryChanged, { about: id, data: { categoryId: id, removed } });

const needCategory = async (id: string, store: Store) => {
  const found = (await readCategories(store)).find(one => one.id === id);
  if (!found) throw categoryNotFound();
  return found;
};

export const classHandlers = handlers(classRoutes, {
  putCategory: putById(categories, Key, { changes: ({ id }) => [categoryEvent(id, false)] }),
  readCategory: ({ params: { id = '' } }, { store }) => needCategory(id, store),
  listCategories: async ({ query: { limit, cursor } }, { store }) => {
    const all = await readCategories(store);
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === readCursor(cursor)) + 1;
    if (cursor !== undefined && !from) throw cursorMalformed();
    const items = all.slice(from, from + limit);
    const [last] = items.slice(-1);
    return { items, nextCursor: last && from + limit < all.length ? cursorOf(last.id) : null };
  },
  removeCategory: async ({ params: { id = '' } }, { now, store }) => {
    const category = await needCategory(id, store);
    const stored = await store.get(categories, { id });
    const removal = isUsual(id)
      ? save(categories, stored, { ...updated(now, category, {}), removed: true })
      : remove(categories, category);
    return store.commit([removal, categoryEvent(id, true)], category);
  },
  readPrioritySettings: (_, { store }) => prioritySettings.of(store),
  putPrioritySettings: ({ body }, { store }) => prioritySettings.replace(store, body),
});
