import { type Change, insert, remove, update, updated } from '../../shared/store/changes.ts';
import { type Agent, agents } from '../desk/agent.ts';
import { type Case, cases, waitingCases, waitingOf } from './case.ts';
import { held } from './legal.ts';

/** the agent that a case takes a place of */
export const holderOf = ({ status, agentId }: Pick<Case, 'status' | 'agentId'>) =>
  held.includes(status) ? agentId : null;

const placeChanges = (before: Case, after: Case): Change[] => {
  const [was, is] = [waitingOf(before), waitingOf(after)];
  if (was && is && waitingCases.key(was).part === waitingCases.key(is).part && was.queue === is.queue) return [];
  return [...(was ? [remove(waitingCases, was)] : []), ...(is ? [insert(waitingCases, is)] : [])];
};

const loaded = (now: string, agent: Agent, by: 1 | -1): Change => {
  const { hours: _, ...record } = agent as Agent & { hours?: unknown };
  const load = Math.max(0, record.load + by);
  return update(agents, record, updated(now, record, { load, ...(by > 0 ? { lastAssignedAt: now } : {}) }));
};

const loadChanges = (now: string, [before, after]: [Case, Case], involved: Agent[]): Change[] => {
  const [was, is] = [holderOf(before), holderOf(after)];
  if (was === is) return [];
  return [was, is].flatMap((id, nth) => {
    if (!id) return [];
    const agent = involved.find(one => one.id === id);
    if (!agent) throw new Error(`agent ${id} was not read`);
    return [loaded(now, agent, nth === 0 ? -1 : 1)];
  });
};

/**
 * A case changed, and all that goes with it: its place among the waiting, the places it takes of agents. `involved` are
 * the agents it is taken from and given to. Loses against anybody who changed the case or one of them meanwhile.
 */
export const changeCase = (now: string, before: Case, changed: Partial<Case>, involved: Agent[] = []) => {
  const after = updated(now, before, changed);
  const changes = [
    update(cases, before, after),
    ...placeChanges(before, after),
    ...loadChanges(now, [before, after], involved),
  ];
  return { after, changes };
};
