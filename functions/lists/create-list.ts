import { newId } from '../../events/ids.ts';
import { listCreated } from '../../events/list.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { type List, lists } from './list.ts';

export const createList: Handler<typeof routes.createList> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  checkCondition(body.where, ['where'], await hiddenFrom(ctx));
  const list: List = created(now, { ...body, id: newId('list', now), owner: actor });
  const { id, name, kind } = list;
  return store.commit([insert(lists, list), emit(listCreated, { about: id, data: { name, kind } })], list);
};
