import { caseResolved } from '../../../events/case.ts';
import { customerById } from '../../customers/reads.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { agents } from '../desk/agent.ts';
import { cases } from './case.ts';
import { changeCase, holderOf } from './change-case.ts';
import { mustBe, open } from './legal.ts';
import { ratingUrl } from './rating-token.ts';
import { ratingRequest } from './tell-customer.ts';

export const resolveCase: Handler<typeof routes.resolveCase> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store } = ctx;
  const before = await store.need(cases, { id });
  mustBe(before, 'open', open);
  const holder = holderOf(before);
  const [agent, customer] = await Promise.all([
    holder ? store.get(agents, { id: holder }) : undefined,
    before.customerId ? customerById(store, before.customerId) : undefined,
  ]);
  const resolution = body.resolution ?? null;
  const { number, customerId, agentId, sla } = before;
  const { after, changes } = changeCase(
    now,
    before,
    {
      status: 'resolved',
      resolvedAt: now,
      resolution,
      queuedAt: null,
      sla: { ...sla, pausedAt: null },
      watchedSince: now,
    },
    agent ? [agent] : [],
  );
  const asking = customer ? ratingRequest(after, customer, await ratingUrl(ctx.tenant, before.id, now)) : [];
  const said = emit(caseResolved, { customerId, about: id, data: { number, agentId, resolution } });
  return store.commit([...changes, said, ...asking], after);
};
