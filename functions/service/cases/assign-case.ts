import { caseQueued } from '../../../events/case.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { agents } from '../desk/agent.ts';
import { readQueues } from '../desk/desk.ts';
import { type Case, cases } from './case.ts';
import { changeCase, holderOf } from './change-case.ts';
import { giveCase } from './give-case.ts';
import { mustBe, open } from './legal.ts';

type Moved = { after: Case; changes: Change[] };

const holding = async (before: Case, { store }: Ctx) => {
  const id = holderOf(before);
  return id ? store.get(agents, { id }) : undefined;
};

const toAgent = async (before: Case, agentId: string, ctx: Ctx): Promise<Moved> => {
  const to = await ctx.store.need(agents, { id: agentId });
  if (holderOf(before) === to.id) return { after: before, changes: [] };
  if (to.load >= to.capacity) {
    throw new ApiError('conflict', 'agent.full', `${to.name} has ${to.load} of ${to.capacity} cases already`);
  }
  return giveCase(ctx.now, before, { to, from: await holding(before, ctx), how: 'manual' });
};

const toQueue = async (before: Case, queue: string, ctx: Ctx): Promise<Moved> => {
  const { now, store } = ctx;
  if (!(await readQueues(store)).some(({ id }) => id === queue)) {
    throw new ApiError('missing', 'queue.not-found', 'there is no such queue');
  }
  const from = await holding(before, ctx);
  const { id, number, customerId } = before;
  // a case that is not yet classified is queued by its routing
  const status = before.status === 'new' || before.status === 'reopened' ? before.status : 'queued';
  const { after, changes } = changeCase(
    now,
    before,
    { status, queue, agentId: null, queuedAt: status === 'queued' ? (before.queuedAt ?? now) : null },
    from ? [from] : [],
  );
  if (status !== 'queued') return { after, changes };
  const data = { number, queue, previousAgentId: from?.id ?? null };
  return { after, changes: [...changes, emit(caseQueued, { customerId, about: id, data })] };
};

export const assignCase: Handler<typeof routes.assignCase> = async ({ params: { id = '' }, body }, ctx) => {
  const before = await ctx.store.need(cases, { id });
  mustBe(before, 'open', open);
  const { after, changes } = await (body.agentId
    ? toAgent(before, body.agentId, ctx)
    : toQueue(before, body.queue ?? '', ctx));
  return ctx.store.commit(changes, after);
};
