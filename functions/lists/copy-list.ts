import { newId } from '../../events/ids.ts';
import { listCreated } from '../../events/list.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import { bulkOf } from './bulk/bulk.ts';
import { beginning } from './bulk/start-bulk.ts';
import type { routes } from './contract.ts';
import { type List, lists, seen } from './list.ts';

/** A static list of who is on another now; a job puts them there. What the other becomes after that is its own. */
export const copyList: Handler<typeof routes.copyList> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, actor, store } = ctx;
  const { id: from, name, description } = await seen(ctx, id);
  const list: List = created(now, {
    ...(description ? { description } : {}),
    ...body,
    kind: 'static' as const,
    id: newId('list', now),
    owner: actor,
  });
  const asked = { over: { list: from }, do: { addToList: list.id }, dryRun: false, why: `copy of the list ${name}` };
  const { job, changes } = await beginning(asked, ctx, list);
  const data = { name: list.name, kind: list.kind };
  return store.commit([insert(lists, list), emit(listCreated, { about: list.id, data }), ...changes], {
    list,
    job: bulkOf(job),
  });
};
