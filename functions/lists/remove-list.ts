import { newId } from '../../events/ids.ts';
import { listRemoved } from '../../events/list.ts';
import { Answer, type UseCase } from '../shared/http/contract.ts';
import { started } from '../shared/jobs/job.ts';
import { remove, say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { lists, own } from './list.ts';

/** The list is gone at once; a job takes its members' entries away. */
export const removeList: UseCase<typeof routes.removeList> = async ({ params: { id = '' } }, ctx) => {
  const { now, actor, store } = ctx;
  const before = await own(ctx, id);
  const { name, kind } = before;
  const clearing = started(now, { id: newId('job', now), kind: 'clear-list', by: actor, input: { listId: id } });
  return store.commit(
    [
      remove(lists, before),
      say(listRemoved, { about: id, data: { name, kind } }),
      ...(kind === 'static' ? clearing.changes : []),
    ],
    new Answer(200, before),
  );
};
