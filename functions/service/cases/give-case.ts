import { caseAssigned } from '../../../events/case.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Agent } from '../desk/agent.ts';
import type { Case } from './case.ts';
import { changeCase, holderOf } from './change-case.ts';

type Given = { to: Agent; from?: Agent | undefined; how: 'routed' | 'pulled' | 'manual' };

/** a case in the hands of an agent, from wherever it was */
export const giveCase = (now: string, before: Case, { to, from, how }: Given): { after: Case; changes: Change[] } => {
  const status = before.status === 'waiting' ? 'waiting' : 'assigned';
  const { after, changes } = changeCase(
    now,
    before,
    { status, agentId: to.id, knownBy: to.id, queuedAt: null },
    from ? [from, to] : [to],
  );
  const { id, number, customerId } = before;
  const previousAgentId = holderOf(before);
  return {
    after,
    changes: [
      ...changes,
      emit(caseAssigned, { customerId, about: id, data: { number, agentId: to.id, previousAgentId, how } }),
    ],
  };
};
