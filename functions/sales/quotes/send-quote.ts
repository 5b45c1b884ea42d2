import { messageRequested } from '../../../events/message.ts';
import { quoteDue, quoteSent } from '../../../events/quote.ts';
import { nextNumber } from '../../billing/series.ts';
import { voiceFor, written } from '../../consent/service-mail.ts';
import { customerById } from '../../customers/reads.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit, eventOf, schedule, update } from '../../shared/store/changes.ts';
import type { Changed } from '../../shared/store/records.ts';
import { plusAtMost } from '../../shared/time/duration.ts';
import { neededApproval } from '../approvals/needed-approval.ts';
import { approvalPending, approvalRefused } from '../errors.ts';
import { totalOf } from './accept-quote.ts';
import { quotes, type StoredQuote } from './quote.ts';
import { moved, refuseExpired } from './quote-changes.ts';

const letter = {
  subject: "{{ words.quoteSubject | replace: '…', number }}",
  body: `{{ words.quoteText }}
{% if message %}
{{ message }}
{% endif %}
{{ words.quoteLink }}:
{{ quoteUrl }}`,
};

/** the mail with the link to the page of a quote; none for a customer without an address */
const mail = async (
  { id, customerId, number }: StoredQuote,
  message: string | undefined,
  ctx: Ctx,
): Promise<Change[]> => {
  const customer = await customerById(ctx.store, customerId);
  if (!customer?.email) {
    if (message) throw invalid([{ path: 'message', message: 'cannot be sent: the customer has no e-mail address' }]);
    return [];
  }
  const { words } = await voiceFor(ctx.store, customer);
  const own = written(words, letter, { number, ...(message ? { message } : {}) });
  const links = { quoteUrl: { purpose: 'quote' as const, claims: { quoteId: id } } };
  const data = { channel: 'email' as const, topic: null, ...own, cause: id, step: 'sent', links };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

/** Refuses a quote that needs an approval, and asks for it where nobody did: that is kept, though the quote is not sent. */
const refuseUnapproved = async (before: StoredQuote, ctx: Ctx) => {
  const { approval } = before;
  if (approval?.state === 'approved') return;
  if (approval?.state === 'rejected') throw approvalRefused(undefined, { extra: { approvalId: approval.id } });
  let id = approval?.id;
  if (!id) {
    const needed = await neededApproval(before, ctx);
    if (!needed) return;
    id = needed.approval.id;
    const after = {
      ...before,
      version: before.version + 1,
      updatedAt: ctx.now,
      approval: { id, state: 'pending' as const },
    };
    await ctx.as(ctx.tenant, ctx.actor).store.commit([update(quotes, before, after), ...needed.changes]);
  }
  throw approvalPending(`The quote needs the approval ${id}, which nobody gave yet.`, { extra: { approvalId: id } });
};

/** the timer of the end of its last day */
const expiry = (now: string, { id: about, customerId, validUntil }: StoredQuote): Change[] => {
  const at = validUntil && plusAtMost(`${validUntil}T00:00:00Z`, 'P1D');
  return at && at > now ? [schedule(at, quoteDue, { customerId, about, data: { validUntil } })] : [];
};

/** A quote that is sent: it has a number and can be accepted from now on. */
export const sentQuote = async (
  before: StoredQuote,
  message: string | undefined,
  ctx: Ctx,
): Promise<Changed<StoredQuote>> => {
  const { now } = ctx;
  refuseExpired(now, before);
  const sent = moved(now, before, 'sent', { sentAt: now });
  await refuseUnapproved(before, ctx);
  const numbered = before.number === undefined ? await nextNumber(ctx, 'quote') : undefined;
  const after = { ...sent, number: before.number ?? numbered?.number };
  const changes = [
    update(quotes, before, after),
    eventOf(quoteSent, after, totalOf(after)),
    ...(numbered ? [numbered.change] : []),
    ...expiry(now, after),
    ...(await mail(after, message, ctx)),
  ];
  return { after, changes };
};
