import { queueChanged } from '../../../events/agent.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { say } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { putRecord } from './put-record.ts';
import { queues } from './queue.ts';

export const putQueue: UseCase<typeof routes.putQueue> = ({ params: { id = '' }, body }, { now, store }) => {
  const told = (about: string) => say(queueChanged, { about, data: { queueId: about } });
  return putRecord(queues, { id, ...body }, { now, store, told });
};
