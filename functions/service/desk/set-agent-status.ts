import type { Handler } from '../../shared/http/contract.ts';
import { update, updated } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { agents } from './agent.ts';
import { agentTold } from './put-agent.ts';

/** Cases in hand stay in hand, whatever the status. */
export const setAgentStatus: Handler<typeof routes.setAgentStatus> = async (
  { params: { userId = '' }, body: { status } },
  { now, store },
) => {
  const before = await store.need(agents, { id: userId });
  if (before.status === status) return before;
  const after = updated(now, before, { status });
  return store.commit([update(agents, before, after), agentTold(after)], after);
};
