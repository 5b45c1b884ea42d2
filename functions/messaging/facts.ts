import type { DataOf } from '../../events/define.ts';
import type { messageRequested } from '../../events/message.ts';
import { isOptional, topicsOf } from '../consent/topic.ts';
import { brands } from '../content/brand.ts';
import { scopesOf, type Template, templates } from '../content/template.ts';
import { customerWithConsents } from '../customer-facts/reads.ts';
import { seenBy } from '../customers/reads.ts';
import { type Case, cases } from '../service/cases/case.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Store } from '../shared/store/store.ts';
import { addressFor, isAddressProven } from './addresses.ts';
import { candidatesOf, chooseChannel } from './choose-channel.ts';
import { capsOn, type MessageFacts } from './choose-outcome.ts';
import { addressSends, contactHistoryOf, digestOf, suppressions } from './contact-history.ts';
import type { Message } from './message.ts';
import { campaignStops, pauses, scopeOf } from './pause.ts';
import { messagingSettings } from './settings.ts';

/** a requested message; `before`: as it was stored when it was held */
export type Pending = { id: string; request: DataOf<typeof messageRequested>; customerId: string; before?: Message };

const isSevere = ({ status, priority }: Case) =>
  status !== 'resolved' && status !== 'closed' && (priority === 'high' || priority === 'urgent');

/** a case of a customer that speaks against promotion */
export const severeCaseOf = async (store: Store, customerId: string): Promise<Case | undefined> =>
  (await store.belonging(cases, customerId, { limit: 1, keep: isSevere })).items[0];

/** The facts about a customer that every decision depends on; undefined if it does not exist. Follows merges. */
export const customerFacts = async (customerId: string, { store }: Pick<Ctx, 'store'>) => {
  const [found, own, settings] = await Promise.all([
    customerWithConsents(store, customerId),
    contactHistoryOf(store, customerId),
    messagingSettings.of(store),
  ]);
  if (!found) return undefined;
  const { id } = found.customer;
  const history = id === customerId ? own : await contactHistoryOf(store, id);
  let severe: ReturnType<typeof severeCaseOf> | undefined;
  // asked for once, and only where a guard is set
  const severeCase = async () => {
    severe ??= severeCaseOf(store, id);
    return severe;
  };
  return { ...found, history, settings, severeCase };
};

type CustomerFacts = NonNullable<Awaited<ReturnType<typeof customerFacts>>>;

/** what speaks against promotion to a customer; nothing speaks against what the customer cannot choose */
const guardsOn = async (
  topic: string | null,
  { customer, settings, severeCase }: CustomerFacts,
  store: Store,
): Promise<MessageFacts['guards']> => {
  const declared = (await topicsOf(store)).find(one => one.topic === topic);
  if (topic === null || (declared && !isOptional(declared))) return undefined;
  const { openSevereCase, overdueInvoice } = settings.guards;
  return {
    case: openSevereCase ? (await severeCase())?.number : undefined,
    invoice: (overdueInvoice && customer.finance?.overdueSince) || undefined,
  };
};

const addressHistoryOf = async (address: string, store: Store) => ({
  address,
  stored: await store.get(addressSends, { address }),
});

export const channelFacts = async (
  found: CustomerFacts,
  request: MessageFacts['request'],
  { now, store }: Pick<Ctx, 'now' | 'store'>,
  { to: given, template }: { to?: string | undefined; template?: Template | undefined } = {},
) => {
  const { channel, topic } = request;
  const { customer, consents, history, settings } = found;
  const { optOuts, sends } = history;
  const guards = topic === null ? undefined : await guardsOn(topic, found, store);
  const to = given ?? (await addressFor(customer, { channel, settings, template }, store));
  const isProven = given !== undefined || isAddressProven(customer, channel);
  const countsAddress = to && capsOn({ request, settings }).some(({ address }) => address);
  const [suppression, addressHistory] = await Promise.all([
    to ? store.get(suppressions, { channel: channel as 'email', address: to }) : undefined,
    countsAddress ? addressHistoryOf(digestOf(channel, to), store) : undefined,
  ]);
  return {
    to,
    customerId: customer.id,
    addressSends: addressHistory?.stored?.at ?? [],
    addressHistory,
    isProven,
    customerZone: customer.timeZone,
    consents,
    suppression,
    settings,
    now,
    optOuts,
    sends,
    guards,
  };
};

/** all that the decision about a message depends on; undefined when there is no such customer */
export const factsFor = async ({ id, request, customerId }: Pending, ctx: Ctx) => {
  const { topic, templateId, control, campaignId } = request;
  const scope = scopeOf({ topic, campaignId });
  const [found, template, paused, campaign] = await Promise.all([
    customerFacts(customerId, ctx),
    templateId ? ctx.store.get(templates, { id: templateId }) : undefined,
    scope ? ctx.store.get(pauses, { id: scope }) : undefined,
    campaignId ? ctx.store.get(campaignStops, { id: campaignId }) : undefined,
  ]);
  if (!found) return undefined;
  const confirms = Object.values(request.links ?? {}).some(({ purpose }) => purpose === 'confirm-consent');
  const channels = candidatesOf(request, found.customer.preferredChannel);
  const { facts, reasons } = await chooseChannel(channels, async channel => {
    const asked = { channel, topic, confirms, control };
    const known = await channelFacts(found, asked, ctx, { to: request.to, template });
    // an earlier attempt of its own
    const sends = known.sends.filter(({ messageId }) => messageId !== id);
    return { ...known, request: asked, sends, campaign, paused: channel === 'email' ? paused : undefined };
  });
  const { channel } = facts.request;
  const brandId = request.brandId ?? template?.brandId ?? found.settings.brandId;
  const brand =
    brandId && (channel === 'email' || channel === 'post') ? await ctx.store.get(brands, { id: brandId }) : undefined;
  const seen = await seenBy({ scopes: scopesOf(template), store: ctx.store }, found.customer, request.event);
  /** with the channel that it goes by, and all that it may go by if it is decided about again */
  const chosen = channels.length > 1 ? { ...request, channel, fallback: channels } : request;
  const { lock } = found.history;
  return { ...facts, lock, customer: found.customer, seen, template, brand, chosen, channelReasons: reasons };
};

export type DecisionFacts = NonNullable<Awaited<ReturnType<typeof factsFor>>>;
