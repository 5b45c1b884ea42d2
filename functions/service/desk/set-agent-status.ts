import type { UseCase } from '../../shared/http/contract.ts';
import { next, update } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { agents } from './agent.ts';
import { agentTold } from './put-agent.ts';

/** Cases in hand stay in hand, whatever the status. */
export const setAgentStatus: UseCase<typeof routes.setAgentStatus> = async (
  { params: { userId = '' }, body: { status } },
  { now, store },
) => {
  const before = await store.need(agents, { id: userId });
  if (before.status === status) return before;
  const after = next(now, before, { status });
  return store.commit([update(agents, before, after), agentTold(after)], after);
};
