import { newId } from '../../events/ids.ts';
import { proposalMade } from '../../events/portal.ts';
import { ChannelTopic } from '../consent/consent.ts';
import { saveConsent } from '../consent/decide-consent.ts';
import { customerWithConsents } from '../customer-facts/reads.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import { yieldedTo } from '../customers/claimed-records.ts';
import type { Customer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { created, eventOf, insert } from '../shared/store/changes.ts';
import { asItIs, decidedUnder, type Lock, lockOn, written } from '../shared/store/lock.ts';
import { nulls } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { tooManyProposals } from './errors.ts';
import { meRoutes } from './portal-routes.ts';
import { portalSettings } from './portal-settings.ts';
import { byCustomer, Proposal, type ProposedPatch, proposals, valuesOf } from './proposal.ts';

const pick = (patch: ProposedPatch, names: readonly string[]): ProposedPatch =>
  Object.fromEntries(Object.entries(patch).filter(([name]) => names.includes(name)));

const mustBeChangeable = (patch: ProposedPatch, changeable: readonly string[]) => {
  const names = Object.keys(patch);
  if (!names.length) throw invalid([{ path: '', message: 'has no fields' }]);
  const others = names.filter(name => !changeable.includes(name));
  if (others.length) throw invalid(others.map(path => ({ path, message: 'cannot be changed by customers' })));
};

const newProposal = ({ now, issuer }: Ctx, customer: Customer, patch: ProposedPatch): Proposal =>
  created(now, {
    id: newId('proposal', now),
    customerId: customer.id,
    ...nulls(Proposal),
    issuer: issuer || null,
    state: 'open' as const,
    patch,
    was: valuesOf(customer, patch),
  });

const mostOpen = 20;

const mustHaveRoom = async (store: Store, customerId: string): Promise<Lock> => {
  const keep = ({ state }: Proposal) => state === 'open';
  const lock = await lockOn(store, `proposals ${customerId}`);
  const { items } = await store.belonging(proposals, customerId, { limit: mostOpen, keep });
  const open = (await asItIs(store, proposals, items, [lock])).filter(keep);
  if (open.length >= mostOpen) throw tooManyProposals();
  return lock;
};

export const meHandlers = handlers(meRoutes, {
  readMe: (_, ctx) => callingCustomer(ctx),
  proposeChange: async ({ body }, ctx) => {
    const { now, store } = ctx;
    const [before, { direct, review }, rules] = await Promise.all([
      callingCustomer(ctx),
      portalSettings.of(store),
      settingsOf(store),
    ]);
    mustBeChangeable(body, [...direct, ...review]);
    const [applied, reviewed] = [pick(body, direct), pick(body, review)];
    const origin = { ...byCustomer(ctx.issuer), settings: rules };
    const { customer, changes } = Object.keys(applied).length
      ? changedCustomer(now, before, applied, origin)
      : { customer: before, changes: [] };
    // an invalid change is rejected now, not when it is accepted
    changedCustomer(now, before, { ...applied, ...reviewed }, origin);
    const reply = { me: customer, applied: Object.keys(applied), proposal: null };
    const own = [...changes, ...(await yieldedTo(before, customer, ctx))];
    if (!Object.keys(reviewed).length) return store.commit(own, reply);
    const lock = await mustHaveRoom(store, before.id);
    const proposal = newProposal(ctx, customer, reviewed);
    const event = eventOf(proposalMade, proposal, { attributes: Object.keys(reviewed) });
    const closing = decidedUnder(lock, [written(proposals, { id: proposal.id })]);
    return store.commit([...own, insert(proposals, proposal), closing, event], { ...reply, proposal });
  },
  listMyChanges: async ({ query }, ctx) => ctx.store.belonging(proposals, (await callingCustomer(ctx)).id, query),
  listMyConsents: async (_, ctx) => {
    const { id } = await callingCustomer(ctx);
    const found = await customerWithConsents(ctx.store, id);
    return { items: found?.consents ?? [], nextCursor: null };
  },
  setMyConsent: async ({ params, body: { status } }, ctx) => {
    const on = parse(ChannelTopic, params);
    return saveConsent(ctx, { customer: await callingCustomer(ctx), on, input: { status, source: 'portal' } });
  },
});
