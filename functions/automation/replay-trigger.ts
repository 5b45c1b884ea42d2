import { customerPage, redactionFor, timelineBetween } from '../customers/reads.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { compile } from '../shared/patterns/pattern.ts';
import type { Store } from '../shared/store/store.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { checkTrigger } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { factsFor, judge } from './matching-triggers.ts';
import { type IndexedTrigger, isSubscribable, triggers } from './trigger.ts';

const mostEvents = 500;

type Consents = { channel: string; topic: string; status: string }[];

/** why none of the messages could go to a customer who meets the condition; undefined when one could */
const blockedBy = ({ then, channels }: IndexedTrigger, consents: Consents): string[] | undefined => {
  const lacking = then.map(({ send }, nth) => {
    if (!send || send.topic === null) return undefined;
    const channel = channels[nth];
    const granted = consents.some(
      one => one.channel === channel && one.topic === send.topic && one.status === 'granted',
    );
    return granted ? undefined : `no consent to ${send.topic} by ${channel}`;
  });
  return lacking.every(reason => reason !== undefined) ? [...new Set(lacking)] : undefined;
};

type Span = { from: string; to: string };

const replayed = async (store: Store, customerId: string, trigger: IndexedTrigger, span: Span) => {
  const matches = compile(trigger.when);
  const { events, more } = await timelineBetween(store, customerId, { ...span, limit: mostEvents });
  const matched = events.filter(
    ({ type, source, ...detail }) => isSubscribable(type) && matches({ source, 'detail-type': type, detail }),
  );
  const seen = { events: events.length, cut: more ? [customerId] : [] };
  const factsAt = matched.length ? await factsFor(store, customerId, [trigger], { withConsents: true }) : undefined;
  if (!factsAt) return { ...seen, items: [] };
  const items = matched.map(({ id: eventId, type, occurredAt }) => {
    const facts = factsAt(occurredAt);
    const { fires, reasons } = judge(trigger, type, facts);
    const blocked = fires ? blockedBy(trigger, facts.consents) : [];
    const outcome = blocked ? ('not reached' as const) : ('reached' as const);
    return { customerId, eventId, occurredAt, outcome, reasons: [...reasons, ...(blocked ?? [])] };
  });
  return { ...seen, items };
};

/** Reads only. A draft can be replayed before it is activated. */
export const replayTrigger: Handler<typeof routes.replayTrigger> = async (
  { params: { id = '' }, query, body },
  ctx,
) => {
  const { scopes, store } = ctx;
  if (!scopes.has('customers.read')) {
    throw scopeMissing('A replay reads customers. It needs the scope customers.read.');
  }
  const [trigger, veil] = await Promise.all([store.need(triggers, { id }), redactionFor(ctx)]);
  veil.rejectHidden(trigger.if);
  veil.rejectHiddenPattern(trigger.when);
  const indexed = { ...trigger, key: '', channels: await checkTrigger(trigger, ctx) };
  const span = { from: toIso(toMs(body.from)), to: toIso(toMs(body.to)) };
  const { items: customers, nextCursor } = await customerPage(store, query);
  const found = await Promise.all(customers.map(({ id }) => replayed(store, id, indexed, span)));
  const items = found.flatMap(one => one.items).map(item => ({ ...item, reasons: item.reasons.map(veil.reason) }));
  const events = found.reduce((sum, one) => sum + one.events, 0);
  const evaluated = { customers: customers.length, events, matched: items.length, cut: found.flatMap(one => one.cut) };
  return { items, nextCursor, evaluated };
};
