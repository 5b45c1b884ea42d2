import { newId } from '../../events/ids.ts';
import { proposalMade } from '../../events/portal.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import type { Customer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { ApiError, invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { type Change, created, emit, insert } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import type { routes } from './contract.ts';
import { ofCustomer } from './of-customer.ts';
import { type PortalSettings, portalSettingsOf } from './portal-settings.ts';
import { type Proposal, type ProposedPatch, proposals, valuesOf } from './proposal.ts';

const only = (patch: ProposedPatch, names: readonly string[]): ProposedPatch =>
  Object.fromEntries(Object.entries(patch).filter(([name]) => names.includes(name)));

/** refuses, by name, what customers have no say in */
const mustBeOpen = (patch: ProposedPatch, { direct, review }: PortalSettings) => {
  const names = Object.keys(patch);
  if (!names.length) throw invalid([{ path: '', message: 'nothing is to be changed' }]);
  const closed = names.filter(name => ![...direct, ...review].includes(name as never));
  if (closed.length) throw invalid(closed.map(path => ({ path, message: 'cannot be changed here' })));
};

const proposing = (
  now: string,
  customer: Customer,
  patch: ProposedPatch,
): { proposal: Proposal; changes: Change[] } => {
  const { id: customerId } = customer;
  const proposal: Proposal = created(now, {
    id: newId('proposal', now),
    customerId,
    state: 'open' as const,
    patch,
    was: valuesOf(customer, patch),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  });
  const data = { attributes: Object.keys(patch) };
  return {
    proposal,
    changes: [insert(proposals, proposal), emit(proposalMade, { customerId, about: proposal.id, data })],
  };
};

/** so many may wait for somebody to agree, of one customer */
const mostOpen = 20;

const mayAsk = async (store: Store, customerId: string) => {
  const waiting = await store.belonging(proposals, customerId, {
    limit: mostOpen,
    keep: ({ state }) => state === 'open',
  });
  if (waiting.items.length < mostOpen) return;
  throw new ApiError('conflict', 'proposal.too-many', `${mostOpen} changes of yours wait for an answer already`);
};

export const proposeChange: Handler<typeof routes.proposeChange> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const [before, open, settings] = await Promise.all([
    callingCustomer(ctx),
    portalSettingsOf(store),
    settingsOf(store),
  ]);
  mustBeOpen(body, open);
  const [direct, review] = [only(body, open.direct), only(body, open.review)];
  const mine = { ...ofCustomer, settings };
  const made = Object.keys(direct).length
    ? changedCustomer(now, before, direct, mine)
    : { customer: before, changes: [] };
  // what cannot be is refused now, not when somebody agrees to it
  changedCustomer(now, before, { ...direct, ...review }, mine);
  const asks = Object.keys(review).length > 0;
  if (asks) await mayAsk(store, before.id);
  const asked = asks ? proposing(now, made.customer, review) : undefined;
  return store.commit([...made.changes, ...(asked?.changes ?? [])], {
    me: made.customer,
    applied: Object.keys(direct),
    proposal: asked?.proposal ?? null,
  });
};
