import { newId } from '../../events/ids.ts';
import { preferenceSettings } from '../consent/preference-settings.ts';
import { factsFor } from '../customer-facts/reads.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { identities } from '../customers/identity.ts';
import { customerIdsByIdentity, needCustomer, redactionFor, seenBy } from '../customers/reads.ts';
import { severeCaseOf } from '../messaging/facts.ts';
import { messagingSettings } from '../messaging/settings.ts';
import { cacheFor } from '../shared/cache.ts';
import { type Facts, isOfValues } from '../shared/conditions/condition.ts';
import { allLeaves, isOfAccount } from '../shared/conditions/needs.ts';
import type { Ctx } from '../shared/http/context.ts';
import { notFound } from '../shared/http/errors.ts';
import { mayRead } from '../shared/http/roles.ts';
import { insert } from '../shared/store/changes.ts';
import { decided as logged } from '../shared/store/decision.ts';
import { main, revive } from '../shared/store/entity.ts';
import { chooseOffer, conditionsOf, type OfferFacts } from './choose-offer.ts';
import { filledIn, type Offer, type Placement, placedOffers, placements } from './offer.ts';
import { ratesOf } from './rates.ts';
import { type Decided, decideds, type Subject, subjectOf, touches, touchPart } from './touch.ts';

type Context = Record<string, unknown>;
type Asked = {
  placement: string;
  customerId?: string | undefined;
  anonymousId?: string | undefined;
  context?: Context | undefined;
};

const mostOffers = 200;

/** a placement with the offers beside it, in one read */
const placed = async (id: string, { store }: Ctx): Promise<{ placement: Placement; offers: Offer[] }> => {
  const { items } = await store.partition(['placement', id], { limit: mostOffers });
  const own = items.find(({ kind }) => kind === placements.kind);
  if (!own) throw notFound(placements.kind)();
  const beside = items.filter(({ kind }) => kind === placedOffers.kind);
  return { placement: revive(placements, own), offers: beside.map(item => revive(placedOffers, item).offer) };
};

type Person = { customer?: StoredCustomer; subject: Subject; shown: OfferFacts['shown'] };

/** a customer and what was shown to it, in one read; another one where it was merged */
const personOf = async (id: string, ctx: Ctx): Promise<Person> => {
  const items = await ctx.store.parts(['customer', id], [main, touchPart]);
  const own = items.find(({ kind }) => kind === customers.kind);
  const customer = own && revive(customers, own);
  if (!customer || customer.mergedInto || customer.erasedAt) {
    const { id: survivor } = customer?.mergedInto
      ? await needCustomer(ctx.store, id)
      : await activeCustomer(ctx.store, id);
    return personOf(survivor, ctx);
  }
  const touched = items.find(({ kind }) => kind === touches.kind);
  return { customer, subject: { customerId: id }, shown: touched ? revive(touches, touched).shown : {} };
};

const visitorOf = async (anonymousId: string, { store }: Ctx): Promise<Person> => {
  const subject = { anonymousId };
  return { subject, shown: (await store.get(touches, { subject: subjectOf(subject) }))?.shown ?? {} };
};

const personAt = async ({ customerId, anonymousId = '' }: Asked, ctx: Ctx): Promise<Person> => {
  if (customerId) return personOf(customerId, ctx);
  const device = { type: 'anonymousId' as const, value: anonymousId };
  const [id] = await customerIdsByIdentity(ctx.store, [device]);
  const link = id ? await ctx.store.get(identities, { id, ...device }) : undefined;
  // a link that only a public key made may be a stranger's
  return link && !link.claimed ? personOf(link.id, ctx) : visitorOf(anonymousId, ctx);
};

/** what conditions of the offers need: the customer that was read, and more only where they ask for it */
const factsOf = async ({ customer }: Person, offers: Offer[], context: Context, ctx: Ctx): Promise<Facts> => {
  const conditions = conditionsOf(offers);
  const needsMore = allLeaves(conditions).some(leaf => !isOfValues(leaf) || isOfAccount(leaf.attribute));
  const more = customer && needsMore ? await factsFor(ctx, customer.id, conditions) : undefined;
  const attributes = { ...(more?.attributes ?? customer ?? {}), context };
  return { ...more, attributes, now: ctx.now };
};

type Rules = { guarded: boolean; name: string };

const lately = cacheFor<Rules>(30_000, 1_000);

/** settings of the company, as of the last half minute */
const rulesOf = ({ store, tenant, now }: Ctx): Promise<Rules> =>
  lately.of(tenant, { now }, async () => {
    const [{ guards }, { name = tenant }] = await Promise.all([
      messagingSettings.of(store),
      preferenceSettings.of(store),
    ]);
    return { guarded: guards.openSevereCase, name };
  });

const severeCase = async ({ customer }: Person, offers: Offer[], ctx: Ctx) => {
  if (!customer || !offers.some(({ promotional }) => promotional) || !(await rulesOf(ctx)).guarded) return undefined;
  return (await severeCaseOf(ctx.store, customer.id))?.number;
};

/** the customer as the caller may see it, for the texts of the content */
const scopeFor = async ({ customer }: Person, context: Context, ctx: Ctx) => {
  const seen = customer && mayRead(ctx, 'customers') ? (await seenBy(ctx, customer)).customer : {};
  const { name } = await rulesOf(ctx);
  return { customer: seen, event: { properties: context }, tenant: { name } };
};

const decision = async (person: Person, { placement: id, context = {} }: Asked, ctx: Ctx) => {
  const { now, store } = ctx;
  const { placement, offers } = await placed(id, ctx);
  const [facts, rates, severe] = await Promise.all([
    factsOf(person, offers, context, ctx),
    ratesOf(id, ctx),
    severeCase(person, offers, ctx),
  ]);
  const { subject, shown } = person;
  const known = { placement, offers, subject: subjectOf(subject), facts, shown, rates, severeCase: severe };
  const { offer, control, reasons } = chooseOffer(known);
  const customerId = person.customer?.id ?? null;
  const decided: Decided = {
    id: newId('decision', now),
    placementId: id,
    offerId: offer?.id ?? null,
    customerId,
    anonymousId: 'anonymousId' in subject ? subject.anonymousId : null,
    control,
    at: now,
    shownAt: null,
    clickedAt: null,
    version: 1,
  };
  const outcome = offer?.name ?? (control ? 'control' : 'fallback');
  const entry = { kind: 'offer', outcome, reasons: reasons.slice(0, mostReasons), cause: id };
  const changes = [insert(decideds, decided), ...(customerId ? [logged(now, { ...entry, customerId })] : [])];
  const content = filledIn(offer?.content ?? placement.fallback, await scopeFor(person, context, ctx));
  const reply = { decisionId: decided.id, content, reason: entry.reasons };
  return store.commit(changes, { ...reply, ...(offer ? { offerId: offer.id } : {}) });
};

const mostReasons = 20;

export const decideFor = async (asked: Asked, ctx: Ctx) => {
  const [reply, veil] = await Promise.all([
    personAt(asked, ctx).then(person => decision(person, asked, ctx)),
    redactionFor(ctx),
  ]);
  return { ...reply, reason: reply.reason.map(veil.reason) };
};

/** With a write key anybody may ask: by nothing that is known of a customer, and without the reasons. */
export const decideForVisitor = async (asked: Asked & { anonymousId: string }, ctx: Ctx) => {
  const reply = await decision(await visitorOf(asked.anonymousId, ctx), asked, ctx);
  return { ...reply, reason: [] };
};
