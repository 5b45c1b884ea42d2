import { messageRequested } from '../../events/message.ts';
import { proposalAccepted, proposalRejected } from '../../events/portal.ts';
import { voiceFor, written } from '../consent/service-mail.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { valuesOf as attributesOf, withoutValues } from '../customers/attributes/paths.ts';
import { yieldedTo } from '../customers/claimed-records.ts';
import type { Customer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { type Hidden, hiddenBy, hiddenFrom, isHidden, rejectHiddenPatch } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, emit, eventOf, update, updated } from '../shared/store/changes.ts';
import { changeById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { proposalDecided, proposalOutdated } from './errors.ts';
import { proposalRoutes } from './portal-routes.ts';
import { byCustomer, type Proposal, proposals, valuesOf } from './proposal.ts';

const mustBeOpen = ({ state }: Proposal) => {
  if (state !== 'open') throw proposalDecided(`The change request is already ${state}.`);
};

/** fields that have changed since the request need `anyway` */
const mustBeCurrent = (customer: Customer, { patch, was }: Proposal) => {
  const current = valuesOf(customer, patch);
  const fields = Object.keys(patch).filter(name => !isSameJson(current[name], was[name]));
  if (!fields.length) return;
  const message = `Fields have changed since the proposal: ${fields.join(', ')}. Accept with \`anyway\` to overwrite them.`;
  throw proposalOutdated(message, { extra: { fields } });
};

/** a change request without the values that the caller may not read; `masked` lists them */
const veiled = (proposal: Proposal, hidden: Hidden) => {
  const { patch, was } = proposal;
  const named = [patch, was].flatMap(values => [...attributesOf(values).keys()]);
  const masked = [...new Set(named)].filter(attribute => isHidden(hidden, attribute));
  if (!masked.length) return proposal;
  return { ...proposal, patch: withoutValues(patch, masked), was: withoutValues(was, masked), masked };
};

const decided = ({ now, actor }: Ctx, before: Proposal, state: 'accepted' | 'rejected', reason: string | null) =>
  updated(now, before, { state, decidedBy: actor, decidedAt: now, reason });

const bodies = {
  accepted: '{{ words.changeAccepted }}',
  rejected: `{{ words.changeRejected }}{% if reason %}

{{ reason }}{% endif %}`,
};

/** requests the message to the customer about the decision */
const notification = async (customer: Customer, { id, state, reason }: Proposal, store: Store): Promise<Change[]> => {
  if (!customer.email || state === 'open') return [];
  const { words } = await voiceFor(store, customer);
  const own = written(words, { subject: '{{ words.changeSubject }}', body: bodies[state] }, { reason });
  const data = { channel: 'email' as const, topic: null, ...own, cause: id, step: state };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

export const proposalHandlers = handlers(proposalRoutes, {
  listProposals: async ({ query: { state, ...paging } }, ctx) => {
    const [page, hidden] = await Promise.all([ctx.store.list(proposals, 'state', state, paging), hiddenFrom(ctx)]);
    return { ...page, items: page.items.map(one => veiled(one, hidden)) };
  },
  acceptProposal: changeById(proposals, async (before, { anyway }, ctx) => {
    mustBeOpen(before);
    const [customer, settings] = await Promise.all([
      activeCustomer(ctx.store, before.customerId),
      settingsOf(ctx.store),
    ]);
    rejectHiddenPatch(hiddenBy(settings, ctx), before.patch);
    if (!anyway) mustBeCurrent(customer, before);
    const origin = { ...byCustomer(before.issuer), settings, observedAt: before.createdAt };
    const changed = changedCustomer(ctx.now, customer, before.patch, origin);
    const after = decided(ctx, before, 'accepted', null);
    const event = eventOf(proposalAccepted, after, { attributes: Object.keys(before.patch) });
    const yielded = await yieldedTo(customer, changed.customer, ctx);
    const changes = [...changed.changes, ...yielded, update(proposals, before, after), event];
    return { after, changes: [...changes, ...(await notification(changed.customer, after, ctx.store))] };
  }),
  rejectProposal: changeById(proposals, async (before, { reason }, ctx) => {
    mustBeOpen(before);
    const [customer, hidden] = await Promise.all([activeCustomer(ctx.store, before.customerId), hiddenFrom(ctx)]);
    const after = decided(ctx, before, 'rejected', reason);
    const event = eventOf(proposalRejected, after, { attributes: Object.keys(before.patch), reason });
    return {
      after: veiled(after, hidden),
      changes: [update(proposals, before, after), event, ...(await notification(customer, after, ctx.store))],
    };
  }),
});
