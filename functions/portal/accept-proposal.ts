import { isDeepStrictEqual } from 'node:util';
import { proposalAccepted } from '../../events/portal.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Customer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { decidedAs, openProposal, telling } from './decide-proposal.ts';
import { ofCustomer } from './of-customer.ts';
import { type Proposal, proposals, valuesOf } from './proposal.ts';

/** the fields that somebody changed after they were asked to be changed */
const outdated = (customer: Customer, { patch, was }: Proposal) => {
  const now = valuesOf(customer, patch);
  return Object.keys(patch).filter(name => !isDeepStrictEqual(now[name], was[name]));
};

const mustBeCurrent = (customer: Customer, proposal: Proposal) => {
  const fields = outdated(customer, proposal);
  if (!fields.length) return;
  const message = `${fields.join(', ')} changed since; accept with \`anyway\` to overwrite`;
  throw new ApiError('conflict', 'proposal.outdated', message, { extra: { fields } });
};

export const acceptProposal: Handler<typeof routes.acceptProposal> = async (
  { params: { id = '' }, body: { anyway } },
  ctx,
) => {
  const { now, store } = ctx;
  const before = await openProposal(ctx, id);
  const [customer, settings] = await Promise.all([activeCustomer(store, before.customerId), settingsOf(store)]);
  if (!anyway) mustBeCurrent(customer, before);
  const writing = { ...ofCustomer, settings, observedAt: before.createdAt };
  const made = changedCustomer(now, customer, before.patch, writing);
  const after = decidedAs(ctx, before, 'accepted', null);
  const data = { attributes: Object.keys(before.patch) };
  return store.commit(
    [
      ...made.changes,
      update(proposals, before, after),
      emit(proposalAccepted, { customerId: customer.id, about: id, data }),
      ...telling(made.customer, after),
    ],
    after,
  );
};
