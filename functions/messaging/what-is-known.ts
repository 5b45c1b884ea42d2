import type { DataOf } from '../../events/define.ts';
import type { messageRequested } from '../../events/message.ts';
import { templateById } from '../content/reads.ts';
import { customerWithConsents } from '../customer-facts/reads.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Known } from './choose-outcome.ts';
import { contactOf, suppressions } from './contact.ts';
import type { Message } from './message.ts';
import { type MessagingRules, messagingSettings } from './settings.ts';

export type Request = DataOf<typeof messageRequested>;
export type Asked = { request: Request; customerId: string; before?: Message };

type Reachable = { email?: string | undefined; phone?: string | undefined };

/** channels whose addresses we know */
export const addressOn = ({ email, phone }: Reachable, channel: string) =>
  ({ email, sms: phone })[channel as 'email'] as string | undefined;

/** all that the decision about a request depends on; undefined when there is no such customer */
export const gather = async ({ request, customerId }: Asked, { now, store }: Ctx) => {
  const { channel, topic, templateId } = request;
  const [person, own, settings, template] = await Promise.all([
    customerWithConsents(store, customerId),
    contactOf(store, customerId),
    store.get(messagingSettings, {}),
    templateId ? templateById(store, templateId) : undefined,
  ]);
  if (!person) return undefined;
  const { customer, consents } = person;
  const contact = customer.id === customerId ? own : await contactOf(store, customer.id);
  const rules: MessagingRules = settings ?? { frequencyCaps: [] };
  const to = addressOn(customer, channel);
  const suppression = to ? await store.get(suppressions, { channel, address: to }) : undefined;
  return {
    ...({
      request: { channel, topic },
      to,
      customerZone: customer.timeZone,
      consents,
      suppression,
      settings: rules,
      now,
      optOuts: contact.optOuts,
      sends: contact.sends,
    } satisfies Known),
    lock: contact.lock,
    customer,
    template,
  };
};

export type Gathered = NonNullable<Awaited<ReturnType<typeof gather>>>;
