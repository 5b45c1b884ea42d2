import * as z from 'zod';
import { queueChanged, slaPolicyChanged } from '../../../events/agent.ts';
import { refuseUnknownCalendar } from '../../assignment/business-calendar.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { teams } from '../../organisation/team.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { putById, readById, removeById } from '../../shared/store/records.ts';
import { CaseFacts } from './case-facts.ts';
import { deskRoutes } from './desk-routes.ts';
import { Key } from './fields.ts';
import { checkActions } from './macros.ts';
import { type QueueFields, queues } from './queue.ts';
import { readQueues } from './read-desk.ts';
import { type SlaPolicy, slaPolicies } from './sla-policy.ts';

const refuseUnknownTeam = async ({ team: id }: { team?: string | undefined }, { store }: Ctx): Promise<undefined> => {
  if (id && !(await store.get(teams, { id }))) throw invalid([{ path: 'team', message: `does not exist: ${id}` }]);
};

const refuseUnknownOverflow = async (
  { id, overflow }: z.output<typeof QueueFields> & { id: string },
  { store }: Ctx,
) => {
  if (!overflow) return;
  const known = overflow.to !== id && (await readQueues(store)).some(one => one.id === overflow.to);
  if (!known) throw invalid([{ path: 'overflow.to', message: `is not another queue: ${overflow.to}` }]);
};

const slaPolicyEvent = (policy: SlaPolicy, removed: boolean) =>
  eventOf(slaPolicyChanged, policy, { slaPolicyId: policy.id, removed });

export const deskHandlers = handlers(deskRoutes, {
  putQueue: putById(queues, Key, {
    check: async (queue, ctx) => {
      await checkCondition(queue.match, 'match', ctx, CaseFacts);
      await refuseUnknownOverflow(queue, ctx);
      return refuseUnknownTeam(queue, ctx);
    },
    changes: queue => [eventOf(queueChanged, queue, { queueId: queue.id })],
  }),
  readQueue: readById(queues),
  listQueues: listShared(queues),
  putSlaPolicy: putById(slaPolicies, Key, {
    check: async (given, ctx) => {
      await refuseUnknownCalendar(given, ctx);
      for (const [nth, { do: actions }] of (given.escalations ?? []).entries()) {
        await checkActions(actions, `escalations.${nth}.do`, ctx.store);
      }
      await checkCondition(given.match, 'match', ctx, CaseFacts.extend({ queue: z.string() }));
      return undefined;
    },
    changes: policy => [slaPolicyEvent(policy, false)],
  }),
  readSlaPolicy: readById(slaPolicies),
  listSlaPolicies: listShared(slaPolicies),
  removeSlaPolicy: removeById(slaPolicies, one => slaPolicyEvent(one, true)),
});
