import { casePriorities } from '../../../events/case.ts';
import { isAble } from '../../assignment/assign.ts';
import { readCandidates } from '../../assignment/candidates.ts';
import { handlers } from '../../shared/http/contract.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import { isOpen } from '../../shared/time/business-time.ts';
import { toMs } from '../../shared/time/duration.ts';
import { type Waiting, waitingCases } from '../cases/case.ts';
import { ruleOf } from '../desk/queue.ts';
import { readQueues } from '../desk/read-desk.ts';
import { queueNotFound } from '../errors.ts';
import { figureRoutes } from './figure-routes.ts';
import { readFigures } from './figures.ts';

const waitingIn = (all: Waiting[], now: string) => {
  const of = (priority: string) => all.filter(one => (one.priority ?? 'normal') === priority).length;
  const oldest = all.flatMap(({ queuedAt }) => queuedAt ?? []).sort()[0] ?? null;
  const due = all.flatMap(({ dueAt }) => dueAt ?? []).sort();
  return {
    waiting: all.length,
    byPriority: Object.fromEntries(casePriorities.map(priority => [priority, of(priority)])) as never,
    oldestQueuedAt: oldest,
    longestWaitSeconds: oldest === null ? null : Math.round((toMs(now) - toMs(oldest)) / 1000),
    nextDueAt: due.find(at => at > now) ?? null,
    overdue: due.filter(at => at <= now).length,
  };
};

export const figureHandlers = handlers(figureRoutes, {
  readServiceFigures: ({ query }, { store, now }) => readFigures(query, now, store),
  readQueueBoard: async ({ params: { id = '' } }, { store, now }) => {
    const queue = (await readQueues(store)).find(one => one.id === id);
    if (!queue) throw queueNotFound();
    const [all, candidates] = await Promise.all([
      Array.fromAsync(everyRecord(store, waitingCases, ['waiting', id], { upwards: true })),
      readCandidates(store),
    ]);
    const able = candidates
      .filter(one => isAble(one, ruleOf(queue)))
      .map(one => ({ ...one, onDuty: !one.hours || isOpen(one.hours, now) }));
    const ready = able.filter(({ status, onDuty }) => status === 'available' && onDuty);
    const free = ready.reduce((sum, { capacity, load }) => sum + Math.max(0, capacity - load), 0);
    return { queue: id, ...waitingIn(all, now), free, agents: able };
  },
});
