import { newId } from '../../events/ids.ts';
import { listCreated } from '../../events/list.ts';
import { mayBeAsked } from '../customers/asked-condition.ts';
import { hiddenFrom } from '../customers/shown.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { first, insert, say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { type List, lists } from './list.ts';

export const createList: UseCase<typeof routes.createList> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  mayBeAsked(body.where, ['where'], await hiddenFrom(ctx));
  const list: List = first(now, { ...body, id: newId('list', now), owner: actor });
  const { id, name, kind } = list;
  return store.commit([insert(lists, list), say(listCreated, { about: id, data: { name, kind } })], list);
};
