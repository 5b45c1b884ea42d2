import { messageRequested } from '../../events/message.ts';
import { proposalAccepted, proposalRejected } from '../../events/portal.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Customer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, emit, eventOf, update, updated } from '../shared/store/changes.ts';
import { changeById } from '../shared/store/records.ts';
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

const decided = ({ now, actor }: Ctx, before: Proposal, state: 'accepted' | 'rejected', reason: string | null) =>
  updated(now, before, { state, decidedBy: actor, decidedAt: now, reason });

const greeting = '{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}';

const texts = {
  accepted: `${greeting}

we have changed your record as you requested.
`,
  rejected: `${greeting}

we could not change your record as you requested.{% if reason %}

{{ reason }}{% endif %}
`,
};

/** requests the message to the customer about the decision */
const notification = (customer: Customer, { id, state, reason }: Proposal): Change[] => {
  if (!customer.email || state === 'open') return [];
  const content = { subject: 'The change you requested', body: texts[state] };
  const data = { channel: 'email' as const, topic: null, content, cause: id, step: state, scope: { reason } };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

export const proposalHandlers = handlers(proposalRoutes, {
  listProposals: ({ query: { state, ...paging } }, { store }) => store.list(proposals, 'state', state, paging),
  acceptProposal: changeById(proposals, async (before, { anyway }, ctx) => {
    mustBeOpen(before);
    const [customer, settings] = await Promise.all([
      activeCustomer(ctx.store, before.customerId),
      settingsOf(ctx.store),
    ]);
    if (!anyway) mustBeCurrent(customer, before);
    const origin = { ...byCustomer(before.issuer), settings, observedAt: before.createdAt };
    const changed = changedCustomer(ctx.now, customer, before.patch, origin);
    const after = decided(ctx, before, 'accepted', null);
    const event = eventOf(proposalAccepted, after, { attributes: Object.keys(before.patch) });
    const changes = [...changed.changes, update(proposals, before, after), event];
    return { after, changes: [...changes, ...notification(changed.customer, after)] };
  }),
  rejectProposal: changeById(proposals, async (before, { reason }, ctx) => {
    mustBeOpen(before);
    const customer = await activeCustomer(ctx.store, before.customerId);
    const after = decided(ctx, before, 'rejected', reason);
    const event = eventOf(proposalRejected, after, { attributes: Object.keys(before.patch), reason });
    return { after, changes: [update(proposals, before, after), event, ...notification(customer, after)] };
  }),
});
