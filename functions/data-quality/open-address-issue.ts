import { dataIssueUndeliverable } from '../../events/hygiene.ts';
import { filterByCondition } from '../customer-facts/reads.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { isWithin } from '../customers/attributes/paths.ts';
import { attributesOf, withOrigins } from '../customers/attributes/value-facts.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, emit, update, updated } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { dataIssues, hasSameValue } from './hygiene/data-issue.ts';
import { openIssue } from './hygiene/open-issue.ts';
import { attributeOfChannel, hygieneSettings, type Rule } from './hygiene/rules.ts';

type Channel = keyof typeof attributeOfChannel;
type Address = (typeof attributeOfChannel)[Channel];
type Failure = { attribute: Address; channel: Channel; why: string };
type Event = Parameters<Reaction<typeof subscriptions.openAddressIssue>>[0];

/** providers refuse for many reasons; these are about the number */
const ofTheNumber = /invalid|not (?:a )?valid|unknown|unallocated|unreachable|absent|not in service/i;

const mostCharacters = 500;

/** reasons of providers often repeat the address or number */
const anonymous = (reason: string) => reason.replace(/\S+@\S+|\+?\d[\d -]{6,}\d/g, '…').slice(0, mostCharacters);

/** the permanent failure of an address that an event reports */
const failureOf = ({ type, data }: Event): Failure | undefined => {
  const channel = data.channel as Channel;
  const attribute = attributeOfChannel[channel];
  const isFault = type === 'message.bounced' ? data.permanent : channel === 'sms' && ofTheNumber.test(data.reason);
  return attribute && isFault ? { attribute, channel, why: anonymous(data.reason) } : undefined;
};

/** whether a customer still has the value that a message went to */
const isUnchanged = async (customer: StoredCustomer, attribute: Address, event: Event, { store }: Ctx) => {
  const { customerId, data } = event;
  if (customer[attribute] === undefined) return false;
  if (customer.id !== customerId) {
    // merged into another since: the value is the other's, unless it came along
    const from = customerId ? await store.get(customers, { id: customerId }) : undefined;
    if (!from || !hasSameValue(customer, from, attribute)) return false;
  }
  const parts = attributesOf(customer).filter(one => isWithin(one, attribute));
  return parts.every(one => originOf(customer, one).observedAt <= data.createdAt);
};

const ruleFor = async (customer: StoredCustomer, { channel }: Failure, rules: Rule[], ctx: Ctx) => {
  for (const rule of rules) {
    if (!rule.active || rule.when.undeliverable?.channel !== channel) continue;
    if ((await filterByCondition([customer], rule.where, ctx)).length) return rule;
  }
  return undefined;
};

/** the confidence in a value that a message could not be delivered to */
const afterFailure = 0.05;

/** the origins of a customer's values, with little confidence in an attribute until it is verified or changed */
const distrusted = (customer: StoredCustomer, attribute: string) =>
  withOrigins(customer, (one, origin) => {
    const { verified: _, ...unverified } = origin;
    return isWithin(one, attribute) ? { ...unverified, confidence: afterFailure } : origin;
  });

/** the customer with little confidence in what failed, and without a preference for a channel that does not work */
const markFailed = (
  now: string,
  before: StoredCustomer,
  { attribute, channel }: Failure,
  rule: Rule | undefined,
  settings: CustomerSettings,
): Change[] => {
  const isAvoided = rule?.then.avoidChannel && before.preferredChannel === channel;
  const writing = { settings, source: `hygiene:${rule?.id}`, decides: true, checks: 'none' as const };
  const decided = isAvoided ? changedCustomer(now, before, { preferredChannel: null }, writing) : undefined;
  const customer = decided?.customer ?? updated(now, before, {});
  return [
    update(customers, before, { ...customer, provenance: distrusted(customer, attribute) }),
    ...(decided?.changes.filter(change => change.do === 'emit') ?? []),
  ];
};

/** Marks an address that messages cannot be delivered to, and opens an issue of it. */
export const openAddressIssue: Reaction<typeof subscriptions.openAddressIssue> = async (event, ctx) => {
  const { now, actor, store } = ctx;
  const failure = failureOf(event);
  if (!failure || !event.customerId) return;
  const [customer, settings, { rules }] = await Promise.all([
    resolveMerged(store, event.customerId),
    settingsOf(store),
    hygieneSettings.of(store),
  ]);
  if (!customer || !(await isUnchanged(customer, failure.attribute, event, ctx))) return;
  const { id: customerId } = customer;
  const before = await store.get(dataIssues, { customerId, attribute: failure.attribute });
  if (before?.state === 'open' && before.cause === 'undeliverable') return;
  const rule = await ruleFor(customer, failure, rules, ctx);
  const found = { attribute: failure.attribute, cause: 'undeliverable' as const, why: failure.why };
  await store.commit([
    ...markFailed(now, customer, failure, rule, settings),
    // an issue that is open already gets a better reason
    ...(before?.state === 'open'
      ? [update(dataIssues, before, { ...before, ...found, version: before.version + 1 })]
      : openIssue(before, { ...found, rule }, customer, { now, actor, settings })),
    emit(dataIssueUndeliverable, { customerId, about: event.about, data: failure }),
  ]);
};

export const reaction = consume('openAddressIssue', subscriptions.openAddressIssue, openAddressIssue);
