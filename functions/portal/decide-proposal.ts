import { messageRequested } from '../../events/message.ts';
import type { Customer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, updated } from '../shared/store/changes.ts';
import { type Proposal, proposals } from './proposal.ts';

/** an open proposal, or a refusal */
export const openProposal = async ({ store }: Ctx, id: string): Promise<Proposal> => {
  const found = await store.need(proposals, { id });
  if (found.state !== 'open')
    throw new ApiError('conflict', 'proposal.decided', `this proposal is ${found.state} already`);
  return found;
};

/** the proposal once it is decided */
export const decidedAs = (
  { now, actor }: Ctx,
  before: Proposal,
  state: 'accepted' | 'rejected',
  reason: string | null,
): Proposal => updated(now, before, { state, decidedBy: actor, decidedAt: now, reason });

const greeting = '{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}';

const texts = {
  accepted: `${greeting}

we have changed your record as you asked.
`,
  rejected: `${greeting}

we could not change your record as you asked.{% if reason %}

{{ reason }}{% endif %}
`,
};

/** asks messaging to tell the customer what became of the proposal */
export const telling = (customer: Customer, { id, state, reason }: Proposal): Change[] => {
  if (!customer.email || state === 'open') return [];
  const content = { subject: 'The change you asked for', body: texts[state] };
  const data = { channel: 'email' as const, topic: null, content, cause: id, step: state, scope: { reason } };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};
