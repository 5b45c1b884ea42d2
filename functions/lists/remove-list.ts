import { newId } from '../../events/ids.ts';
import { listRemoved } from '../../events/list.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import { emit, remove } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { lists, own } from './list.ts';

/** The list is gone at once; a job takes its members' entries away. */
export const removeList: Handler<typeof routes.removeList> = async ({ params: { id = '' } }, ctx) => {
  const { now, actor, store } = ctx;
  const before = await own(ctx, id);
  const { name, kind } = before;
  const clearing = startJob(now, { id: newId('job', now), kind: 'clear-list', by: actor, input: { listId: id } });
  return store.commit(
    [
      remove(lists, before),
      emit(listRemoved, { about: id, data: { name, kind } }),
      ...(kind === 'static' ? clearing.changes : []),
    ],
    new Reply(200, before),
  );
};
