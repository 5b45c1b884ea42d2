import { proposalRejected } from '../../events/portal.ts';
import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { say, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { decidedAs, openProposal, telling } from './decide-proposal.ts';
import { proposals } from './proposal.ts';

export const rejectProposal: UseCase<typeof routes.rejectProposal> = async (
  { params: { id = '' }, body: { reason } },
  ctx,
) => {
  const before = await openProposal(ctx, id);
  const customer = await living(ctx.store, before.customerId);
  const after = decidedAs(ctx, before, 'rejected', reason);
  const data = { attributes: Object.keys(before.patch), reason };
  return ctx.store.commit(
    [
      update(proposals, before, after),
      say(proposalRejected, { customerId: customer.id, about: id, data }),
      ...telling(customer, after),
    ],
    after,
  );
};
