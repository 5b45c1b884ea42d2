import { randomUUID } from 'node:crypto';
import { messageRequested } from '../../events/message.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { confirmUrl } from './confirm-link.ts';
import type { StoredConsent } from './consent.ts';
import { brandOf, preferenceSettingsOf } from './preference-settings.ts';
import { type Recorded, recorded, type Word } from './recorded.ts';
import type { Topic } from './topic.ts';
import { topicName } from './topic-name.ts';

/** how long a link can be used, and how often one is sent for the same consent */
export const limits = { link: 'P7D', sent: 3, within: 'P1D' };

/** channels by which a link reaches somebody, and the field that has the address */
const askable = { email: 'email', sms: 'phone' } as const;

const contents = {
  email: {
    subject: 'Please confirm: {{ topicName }}',
    body: `{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}

you asked {{ brand }} for: {{ topicName }}. Please confirm it here:

{{ confirmUrl }}

The link is good for seven days. If you did not ask for it, you need do nothing, and will get nothing.
`,
  },
  sms: { body: '{{ brand }}: please confirm that you want {{ topicName }}: {{ confirmUrl }}' },
};

/** the channel, where a link can be sent by it to that customer; else a refusal that says why not */
export const askableBy = (customer: StoredCustomer, channel: string): keyof typeof askable => {
  if (!Object.hasOwn(askable, channel)) {
    const message = `no link can be sent by ${channel}: confirm it otherwise, and record it with proof and confirmed: true`;
    throw new ApiError('conflict', 'consent.not-askable', message);
  }
  const by = channel as keyof typeof askable;
  if (customer[askable[by]]) return by;
  throw new ApiError(
    'conflict',
    'consent.no-address',
    `the customer has no address that a link could be sent to by ${by}`,
  );
};

/** when a further link may be sent; undefined: now */
export const nextLinkAt = (before: StoredConsent | undefined, now: string): string | undefined => {
  const lately = sentLately(before, now);
  return lately.length < limits.sent ? undefined : plus(lately[0] ?? now, limits.within);
};

const sentLately = (before: StoredConsent | undefined, now: string) =>
  (before?.request?.sent ?? []).filter(at => plus(at, limits.within) > now);

type Asked = {
  customer: StoredCustomer;
  before: StoredConsent | undefined;
  word: Word;
  topic: Topic | undefined;
  /** how long it will count from when it is confirmed */
  validity?: string | undefined;
};

/** asks messaging to send the link; the event lies apart from the timeline, which staff may read */
const sending = async ({ customer, topic }: Asked, consent: StoredConsent, ctx: Ctx): Promise<Change> => {
  const { channel, confirmBy: until = ctx.now, request } = consent;
  const by = askableBy(customer, channel);
  const claims = { customerId: customer.id, channel, topic: consent.topic, requestId: request?.id ?? '', until };
  const settings = await preferenceSettingsOf(ctx.store);
  const scope = {
    confirmUrl: await confirmUrl({ tenant: ctx.tenant, ...claims }, ctx.now),
    topicName: topicName(topic, consent.topic, customer.locale),
    brand: brandOf(settings, ctx),
  };
  const templateId = topic?.confirmTemplateId;
  return emit(messageRequested, {
    customerId: customer.id,
    about: customer.id,
    of: ['consent-request', customer.id],
    until,
    data: {
      channel,
      topic: null,
      ...(templateId && by === 'email' ? { templateId } : { content: contents[by] }),
      cause: customer.id,
      step: `consent to ${consent.topic} by ${channel} ${ctx.now}`,
      scope,
    },
  });
};

const tooOften = (until: string, now: string) => {
  const retryAfter = Math.ceil((Date.parse(until) - Date.parse(now)) / 1000);
  const message = `the customer was asked ${limits.sent} times within a day; ask again later`;
  return new ApiError('limited', 'consent.asked-too-often', message, { retryAfter });
};

/** A grant that waits to be confirmed. `again`: a further link is sent, or refused; else one that was sent lately will do. */
export const askedToConfirm = async (asked: Asked, ctx: Ctx, { again }: { again: boolean }): Promise<Recorded> => {
  const { customer, before, word, validity } = asked;
  const { now } = ctx;
  askableBy(customer, word.channel);
  const going = before?.status === 'pending' ? before : undefined;
  const wait = nextLinkAt(before, now);
  if (wait && (again || !going)) throw tooOften(wait, now);
  const request = {
    id: going?.request?.id ?? randomUUID(),
    sent: [...sentLately(before, now), ...(wait ? [] : [now])],
    ...(validity ? { validity } : {}),
  };
  const confirmBy = (wait && going?.confirmBy) || plus(now, limits.link);
  const { consent, changes } = recorded(ctx, before, { ...word, status: 'pending', confirmBy, request });
  return { consent, changes: wait ? changes : [...changes, await sending(asked, consent, ctx)] };
};
