import { dataIssueUndeliverable } from '../../events/hygiene.ts';
import { madeAt } from '../../events/ids.ts';
import { filterByCondition } from '../customer-facts/reads.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, emit, insert, update, updated } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { type Doubt, doubts } from './hygiene/doubt.ts';
import { doubtedOrigins } from './hygiene/doubted-origins.ts';
import { doubting } from './hygiene/doubting.ts';
import { hygieneOf, type Rule, reachedBy } from './hygiene/rules.ts';
import { hasSameValue } from './hygiene/same-value.ts';
import { attributesOf } from './starts/attributes-of.ts';

type Reached = (typeof reachedBy)[keyof typeof reachedBy];
type Failure = { attribute: Reached; channel: keyof typeof reachedBy; why: string };
type Told = Parameters<Reaction<typeof subscriptions.doubtAddress>>[0];

/** a provider refuses for many reasons; these are of the number */
const ofTheNumber = /invalid|not (?:a )?valid|unknown|unallocated|unreachable|absent|not in service/i;

const mostWords = 500;

/** what providers say often repeats the address or number */
const anonymous = (reason: string) => reason.replace(/\S+@\S+|\+?\d[\d -]{6,}\d/g, '…').slice(0, mostWords);

/** what a message that failed tells of an attribute; undefined where it tells nothing for good */
const failureOf = ({ type, data }: Told): Failure | undefined => {
  const channel = data.channel as keyof typeof reachedBy;
  const attribute = reachedBy[channel];
  const isFault = type === 'message.bounced' ? data.permanent : channel === 'sms' && ofTheNumber.test(data.reason);
  return attribute && isFault ? { attribute, channel, why: anonymous(data.reason) } : undefined;
};

/** whether a customer still has the value that a message went to */
const isAsItWas = async (customer: StoredCustomer, attribute: Reached, { customerId, about }: Told, { store }: Ctx) => {
  if (customer[attribute] === undefined) return false;
  if (customer.id !== customerId) {
    // merged into another since: the value is the other's, unless it came along
    const from = customerId ? await store.get(customers, { id: customerId }) : undefined;
    if (!from || !hasSameValue(customer, from, attribute)) return false;
  }
  const parts = attributesOf({ customer }).filter(one => one === attribute || one.startsWith(`${attribute}.`));
  return parts.every(one => originOf(customer, one).observedAt <= madeAt(about));
};

const ruleFor = async (customer: StoredCustomer, { channel }: Failure, rules: Rule[], ctx: Ctx) => {
  for (const rule of rules) {
    if (!rule.active || rule.when.undeliverable?.channel !== channel) continue;
    if ((await filterByCondition([customer], rule.where, ctx)).length) return rule;
  }
  return undefined;
};

/** the customer with little trust left in what failed, and without a preference for a channel that does not work */
const marked = (
  now: string,
  before: StoredCustomer,
  { attribute, channel }: Failure,
  rule: Rule | undefined,
  settings: CustomerSettings,
): Change[] => {
  const isAvoided = rule?.then.avoidChannel && before.preferredChannel === channel;
  const writing = { settings, source: `hygiene:${rule?.id}`, decides: true, checks: 'none' as const };
  const made = isAvoided ? changedCustomer(now, before, { preferredChannel: null }, writing) : undefined;
  const customer = made?.customer ?? updated(now, before, {});
  return [
    update(customers, before, { ...customer, provenance: doubtedOrigins(customer, attribute) }),
    ...(made?.changes.filter(change => change.do === 'emit') ?? []),
  ];
};

/** the doubt that is open already, now for a better reason; else a new one, with a task where a rule asks for one */
const opened = (
  { now, actor }: Ctx,
  customer: StoredCustomer,
  known: Doubt | undefined,
  { failure: { attribute, why }, rule, settings }: { failure: Failure; rule?: Rule; settings: CustomerSettings },
): Change[] => {
  const { id: customerId } = customer;
  const cause = 'undeliverable' as const;
  if (known?.state === 'open') {
    return [update(doubts, known, { ...known, cause, why, version: known.version + 1 })];
  }
  if (rule) return doubting(known, { rule, attribute, cause, why }, customer, { now, actor, settings }).changes;
  const version = (known?.version ?? 0) + 1;
  const doubt: Doubt = { customerId, attribute, cause, why, state: 'open', since: now, version };
  return [known ? update(doubts, known, doubt) : insert(doubts, doubt)];
};

/** Marks what a customer is reached by as not working, and asks for it to be verified where a rule wants that. */
export const doubtAddress: Reaction<typeof subscriptions.doubtAddress> = async (event, ctx) => {
  const { now, store } = ctx;
  const failure = failureOf(event);
  if (!failure || !event.customerId) return;
  const [customer, settings, { rules }] = await Promise.all([
    resolveMerged(store, event.customerId),
    settingsOf(store),
    hygieneOf(store),
  ]);
  if (!customer || !(await isAsItWas(customer, failure.attribute, event, ctx))) return;
  const { id: customerId } = customer;
  const { attribute, channel, why } = failure;
  const known = await store.get(doubts, { customerId, attribute });
  if (known?.state === 'open' && known.cause === 'undeliverable') return;
  const rule = await ruleFor(customer, failure, rules, ctx);
  await store.commit([
    ...marked(now, customer, failure, rule, settings),
    ...opened(ctx, customer, known, { failure, settings, ...(rule ? { rule } : {}) }),
    emit(dataIssueUndeliverable, { customerId, about: event.about, data: { attribute, channel, why } }),
  ]);
};

export const handler = consume('doubtAddress', subscriptions.doubtAddress, doubtAddress);
