import type { DataOf } from '../../events/define.ts';
import type { messageRequested } from '../../events/message.ts';
import { templates } from '../content/template.ts';
import { customerWithConsents } from '../customer-facts/reads.ts';
import { isProven } from '../customers/attributes/standing.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { seenBy } from '../customers/reads.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { MessageFacts } from './choose-outcome.ts';
import { contactHistoryOf, suppressions } from './contact-history.ts';
import type { Message } from './message.ts';
import { messagingSettings } from './settings.ts';

/** a requested message; `before`: as it was stored when it was held */
export type Pending = { request: DataOf<typeof messageRequested>; customerId: string; before?: Message };

type Addresses = { email?: string | undefined; phone?: string | undefined };

export const addressOn = ({ email, phone }: Addresses, channel: string) =>
  ({ email, sms: phone })[channel as 'email'] as string | undefined;

const fields: Record<string, string> = { email: 'email', sms: 'phone' };

/** whether somebody else than a public write key says that the address is the customer's */
const isAddressProven = (customer: StoredCustomer, channel: string) => isProven(customer, fields[channel] ?? '');

/** The facts about a customer that every decision depends on; undefined if it does not exist. Follows merges. */
export const customerFacts = async (customerId: string, { store }: Pick<Ctx, 'store'>) => {
  const [found, own, settings] = await Promise.all([
    customerWithConsents(store, customerId),
    contactHistoryOf(store, customerId),
    messagingSettings.of(store),
  ]);
  if (!found) return undefined;
  const history = found.customer.id === customerId ? own : await contactHistoryOf(store, found.customer.id);
  return { ...found, history, settings };
};

type CustomerFacts = NonNullable<Awaited<ReturnType<typeof customerFacts>>>;

export const channelFacts = async (
  { customer, consents, history: { optOuts, sends }, settings }: CustomerFacts,
  channel: string,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
  given?: string,
): Promise<Omit<MessageFacts, 'request'>> => {
  const to = given ?? addressOn(customer, channel);
  const suppression = to ? await store.get(suppressions, { channel: channel as 'email', address: to }) : undefined;
  const isProven = given !== undefined || isAddressProven(customer, channel);
  return { to, isProven, customerZone: customer.timeZone, consents, suppression, settings, now, optOuts, sends };
};

/** all that the decision about a message depends on; undefined when there is no such customer */
export const factsFor = async ({ request, customerId }: Pending, ctx: Ctx) => {
  const { channel, topic, templateId } = request;
  const [found, template] = await Promise.all([
    customerFacts(customerId, ctx),
    templateId ? ctx.store.get(templates, { id: templateId }) : undefined,
  ]);
  if (!found) return undefined;
  const confirms = Object.values(request.links ?? {}).some(({ purpose }) => purpose === 'confirm-consent');
  const asked = { request: { channel, topic, confirms }, ...(await channelFacts(found, channel, ctx, request.to)) };
  const facts: MessageFacts = asked;
  // a message shows what the author of its template may read
  const scopes = new Set(template && !template.confidential ? [] : ['customers.confidential']);
  const seen = await seenBy({ scopes, store: ctx.store }, found.customer, request.event);
  return { ...facts, lock: found.history.lock, customer: found.customer, seen, template };
};

export type DecisionFacts = NonNullable<Awaited<ReturnType<typeof factsFor>>>;
