import { newId } from '../../../events/ids.ts';
import { listCreated } from '../../../events/list.ts';
import { first, insert, say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { hiddenFrom } from '../shown.ts';
import { mayBeAsked } from './asked-condition.ts';
import type { routes } from './contract.ts';
import { type List, lists } from './list.ts';

export const createList: UseCase<typeof routes.createList> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  mayBeAsked(body.where, ['where'], await hiddenFrom(ctx));
  const list: List = first(now, { ...body, id: newId('list', now), owner: actor });
  const { id, name, kind } = list;
  return store.commit([insert(lists, list), say(listCreated, { about: id, data: { name, kind } })], list);
};
