import { queueChanged } from '../../../events/agent.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { putRecord } from './put-record.ts';
import { queues } from './queue.ts';

export const putQueue: Handler<typeof routes.putQueue> = ({ params: { id = '' }, body }, { now, store }) => {
  const told = (about: string) => emit(queueChanged, { about, data: { queueId: about } });
  return putRecord(queues, { id, ...body }, { now, store, told });
};
