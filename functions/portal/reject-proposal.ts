import { proposalRejected } from '../../events/portal.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { decidedAs, openProposal, telling } from './decide-proposal.ts';
import { proposals } from './proposal.ts';

export const rejectProposal: Handler<typeof routes.rejectProposal> = async (
  { params: { id = '' }, body: { reason } },
  ctx,
) => {
  const before = await openProposal(ctx, id);
  const customer = await activeCustomer(ctx.store, before.customerId);
  const after = decidedAs(ctx, before, 'rejected', reason);
  const data = { attributes: Object.keys(before.patch), reason };
  return ctx.store.commit(
    [
      update(proposals, before, after),
      emit(proposalRejected, { customerId: customer.id, about: id, data }),
      ...telling(customer, after),
    ],
    after,
  );
};
