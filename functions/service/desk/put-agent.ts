import type * as z from 'zod';
import { agentChanged } from '../../../events/agent.ts';
import { type Handler, Reply } from '../../shared/http/contract.ts';
import { created, emit, insert, update, updated } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { type Agent, type AgentSettings, agents } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { NaturalKey } from './keys.ts';
import { mustExist } from './must-exist.ts';
import { keyOf, same } from './put-record.ts';

export const agentTold = ({ id, status, capacity, load }: Agent) =>
  emit(agentChanged, { about: id, data: { agentId: id, status, capacity, load } });

const describe = (
  { id, status, load, lastAssignedAt, version, createdAt, updatedAt }: Agent,
  given: Settings,
): Agent => ({
  id,
  status,
  load,
  lastAssignedAt,
  version,
  createdAt,
  updatedAt,
  ...given,
});
type Settings = z.output<typeof AgentSettings>;

export const putAgent: Handler<typeof routes.putAgent> = async ({ params: { userId = '' }, body }, { now, store }) => {
  const id = keyOf(userId, NaturalKey);
  const [before] = await Promise.all([
    store.get(agents, { id }),
    mustExist(store, calendars, 'calendarId', body.calendarId),
  ]);
  if (!before) {
    const agent: Agent = created(now, { id, ...body, status: 'available' as const, load: 0, lastAssignedAt: null });
    return store.commit([insert(agents, agent), agentTold(agent)], new Reply(201, agent));
  }
  const described = describe(before, body);
  if (same(before, described)) return before;
  const after = updated(now, described, {});
  return store.commit([update(agents, before, after), agentTold(after)], after);
};
